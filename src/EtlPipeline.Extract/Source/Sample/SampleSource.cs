using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.Extract.Source.Sample;

/// <summary>
/// Generated sample tables instead of the OLTP database. It holds no lock, because there is nothing that two machines share: two runs at
/// once both go on, and put-if-absent in the ingestion bucket lets one of them write a version.
/// </summary>
/// <param name="history">The tables over time.</param>
/// <param name="clock">Says which moment of the history is now.</param>
public sealed class SampleSource(SampleHistory history, TimeProvider clock) : ISource
{
    /// <inheritdoc/>
    public SourceKind Kind => SourceKind.Sample;

    /// <inheritdoc/>
    public Task<ISourceSession?> TryBeginAsync(string bucket, CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSession?>(new SampleSession(history, clock));
}

/// <summary>A run on sample tables; it holds nothing.</summary>
internal sealed class SampleSession(SampleHistory history, TimeProvider clock) : ISourceSession
{
    public Task<IReadOnlyList<ListedTable>> ListAsync(TableList tables, CancellationToken cancellationToken)
    {
        if (!tables.IsAll) return Task.FromResult(tables.Tables);
        var all = TotesysTables.All.Select(table => TableName.Parse(table.Name))
            .Where(table => !tables.Excluded.Contains(table) && !tables.Tables.Any(listed => listed.Name == table));
        return Task.FromResult<IReadOnlyList<ListedTable>>([.. tables.Tables, .. all.Select(table => new ListedTable(table, []))]);
    }

    public Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<ListedTable> tables, CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(new SampleSnapshot(history, clock.GetUtcNow()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>
/// Sample tables have no transactions, but their history can say what changed since any moment. So the milliseconds since 1970 stand for
/// the transaction ids, and a later run follows the changes by them, as in a database.
/// </summary>
internal static class SampleTransactions
{
    public static SnapshotPoint PointAt(DateTimeOffset now, SampleOptions options)
    {
        // PostgreSQL's clock counts microseconds.
        var takenAt = new TableVersion(now).Instant;
        var transaction = (ulong)takenAt.ToUnixTimeMilliseconds();
        return new SnapshotPoint { TakenAt = takenAt, Xmin = transaction, Xmax = transaction, Server = Server(options) };
    }

    /// <summary>The moment that an id stands for. Nothing in a history happens between two milliseconds.</summary>
    public static DateTimeOffset MomentOf(ulong xmin) => DateTimeOffset.FromUnixTimeMilliseconds((long)xmin);

    /// <summary>Two histories can't be compared, so each is a server.</summary>
    private static string Server(SampleOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"sample-{options.Seed}-{options.Scale:R}-{options.Start:yyyyMMdd}-{options.SilentUpdateInterval.Ticks}");
}
