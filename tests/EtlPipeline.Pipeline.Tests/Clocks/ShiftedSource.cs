using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Pipeline.Tests.Clocks;

/// <summary>A source whose server's clock is wrong.</summary>
/// <param name="source">The source.</param>
/// <param name="error">By how much its clock is ahead.</param>
internal sealed class ShiftedSource(ISource source, TimeSpan error) : ISource
{
    public SourceKind Kind => source.Kind;

    public async Task<ISourceSession?> TryBeginAsync(CancellationToken cancellationToken) =>
        await source.TryBeginAsync(cancellationToken) is { } session ? new Session(session, error) : null;

    private sealed class Session(ISourceSession session, TimeSpan error) : ISourceSession
    {
        public async Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken) =>
            new Snapshot(await session.TakeSnapshotAsync(tables, cancellationToken), error);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }

    private sealed class Snapshot(ISourceSnapshot snapshot, TimeSpan error) : ISourceSnapshot
    {
        public SnapshotPoint Point { get; } = snapshot.Point with { TakenAt = snapshot.Point.TakenAt + error };

        public Task<SourceRelation> DescribeAsync(TableName table, CancellationToken cancellationToken) => snapshot.DescribeAsync(table, cancellationToken);

        public Task<long> CountAsync(SourceRelation relation, CancellationToken cancellationToken) => snapshot.CountAsync(relation, cancellationToken);

        public IAsyncEnumerable<string?[]> ReadAsync(SourceRelation relation, RowFilter filter, CancellationToken cancellationToken) =>
            snapshot.ReadAsync(relation, filter, cancellationToken);

        public IAsyncEnumerable<string?[]> ReadKeysAsync(SourceRelation relation, CancellationToken cancellationToken) =>
            snapshot.ReadKeysAsync(relation, cancellationToken);

        public ValueTask DisposeAsync() => snapshot.DisposeAsync();
    }
}
