using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.Terminals;
using Npgsql;

namespace EtlPipeline.Local.Pipeline;

/// <summary>The number of rows that a run has to read as a whole, as the source estimates it, for the progress bar.</summary>
internal sealed class ExpectedRows
{
    private const int BarWidth = 24;

    // A table that was never analysed has no row estimate, but it has a size; a row is assumed to take a hundred bytes.
    private const string Sizes = """
        SELECT relation.relname,
               CASE WHEN relation.reltuples < 1 THEN pg_relation_size(relation.oid) / 100 ELSE relation.reltuples::bigint END
        FROM pg_class AS relation
        JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
        WHERE namespace.nspname = $1 AND relation.relkind IN ('r', 'm', 'p', 'f')
        """;

    private readonly IReadOnlyDictionary<TableName, long> _rows;

    private ExpectedRows(IReadOnlyDictionary<TableName, long> rows) => _rows = rows;

    /// <summary>Asks the source. If it doesn't answer there is no estimate, and Extract will say why.</summary>
    public static async Task<ExpectedRows> ReadAsync(
        PipelineSettings settings, RunOrder order, ObjectStores buckets, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var source = settings.OpenSource();
        if (source is null || order.Extract is not { } request) return new ExpectedRows(new Dictionary<TableName, long>());
        var listing = new VersionListing(buckets.Open(settings.Extract.IngestionBucket), VersionKey.RowsSuffix, clock);
        var whole = new Dictionary<TableName, long>();
        foreach (var (table, rows) in await ReadSizesAsync(source, cancellationToken))
        {
            var isListed = settings.Extract.Tables.IsAll || settings.Extract.Tables.Tables.Any(listed => listed.Name == table);
            if (!isListed || (order.Only is { } only && !only.Contains(table))) continue;
            if (request.IsFull || request.Read.Contains(table) || await listing.FindNewestAsync(table, cancellationToken) is null) whole[table] = rows;
        }

        return new ExpectedRows(whole);
    }

    /// <summary>The progress of a run on one line: a bar if whole tables are read, rows, rows per second, and the remaining time.</summary>
    public string Describe(IReadOnlyList<TableProgress> tables, TimeSpan elapsed)
    {
        var read = tables.Sum(table => table.Read);
        var rate = elapsed.TotalSeconds < 0.5 ? 0 : (long)(read / elapsed.TotalSeconds);
        var text = $"{Cell.Number(read)} rows read{(rate > 0 ? $", {Cell.Number(rate)} a second" : string.Empty)}";
        if (_rows.Count == 0) return text;
        var done = _rows.Keys.Sum(name => tables.FirstOrDefault(table => table.Table == name)?.Compared ?? 0);
        var total = Math.Max(1, _rows.Sum(table => Math.Max(table.Value, tables.FirstOrDefault(row => row.Table == table.Key)?.ReadWhole ?? 0)));
        var share = Math.Min(1, (double)done / total);
        var filled = (int)(share * BarWidth);
        var bar = $"{new string('━', filled)}{new string('─', BarWidth - filled)} {share.ToString("P0", CultureInfo.InvariantCulture)}";
        return $"{bar} of about {Cell.Number(total)} rows in the warehouse; {text}{Remaining(done, total, elapsed)}";
    }

    private static string Remaining(long done, long total, TimeSpan elapsed)
    {
        if (done == 0 || elapsed.TotalSeconds < 2) return string.Empty;
        var remaining = elapsed * ((double)Math.Max(0, total - done) / done);
        return $", about {Age.Describe(remaining)} to go";
    }

    private static async Task<IReadOnlyList<(TableName Table, long Rows)>> ReadSizesAsync(PostgreSqlDatabase source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenAsync(cancellationToken);
            var rows = await connection.QueryAsync(Sizes, [SqlRunner.Parameter(source.Schema)], row => (row.GetString(0), row.GetInt64(1)), cancellationToken);
            return [.. rows.Where(row => TableName.TryParse(row.Item1, out _)).Select(row => (TableName.Parse(row.Item1), row.Item2))];
        }
        catch (Exception exception) when (exception is DatabaseException or NpgsqlException)
        {
            return [];
        }
    }
}
