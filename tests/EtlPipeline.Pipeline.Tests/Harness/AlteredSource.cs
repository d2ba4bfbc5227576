using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A source whose snapshots say something else of their moment: another time, another server.</summary>
internal sealed class AlteredSource(ISource source, Func<SnapshotPoint, SnapshotPoint> alter) : ISource
{
    public SourceKind Kind => source.Kind;

    public async Task<ISourceSession?> TryBeginAsync(string bucket, CancellationToken cancellationToken) =>
        await source.TryBeginAsync(bucket, cancellationToken) is { } session ? new Session(session, alter) : null;

    private sealed class Session(ISourceSession session, Func<SnapshotPoint, SnapshotPoint> alter) : ISourceSession
    {
        public Task<IReadOnlyList<ListedTable>> ListAsync(TableList tables, CancellationToken cancellationToken) => session.ListAsync(tables, cancellationToken);

        public async Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<ListedTable> tables, CancellationToken cancellationToken) =>
            new Snapshot(await session.TakeSnapshotAsync(tables, cancellationToken), alter);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }

    private sealed class Snapshot(ISourceSnapshot snapshot, Func<SnapshotPoint, SnapshotPoint> alter) : ISourceSnapshot
    {
        public SnapshotPoint Point { get; } = alter(snapshot.Point);

        public Task<SourceRelation> DescribeAsync(ListedTable table, CancellationToken cancellationToken) => snapshot.DescribeAsync(table, cancellationToken);

        public Task<RangeCount> CountAsync(SourceRelation relation, KeyRange range, ChangedSince? since, CancellationToken cancellationToken) =>
            snapshot.CountAsync(relation, range, since, cancellationToken);

        public Task<IReadOnlyList<SegmentCount>> CountSegmentsAsync(
            SourceRelation relation, KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since, CancellationToken cancellationToken) =>
            snapshot.CountSegmentsAsync(relation, range, bounds, since, cancellationToken);

        public Task<ContentCount> CountContentAsync(SourceRelation relation, CancellationToken cancellationToken) =>
            snapshot.CountContentAsync(relation, cancellationToken);

        public Task<RowReader> ReadAsync(SourceRelation relation, RowSelection selection, CancellationToken cancellationToken) =>
            snapshot.ReadAsync(relation, selection, cancellationToken);

        public Task<bool> IsHoldingUpAsync(CancellationToken cancellationToken) => snapshot.IsHoldingUpAsync(cancellationToken);

        public ValueTask DisposeAsync() => snapshot.DisposeAsync();
    }
}
