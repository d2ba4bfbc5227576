using System.Globalization;
using EtlPipeline.Transform.Currencies;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Reconciliation;

/// <summary>Opens the two streams that are compared for a target.</summary>
internal static class RowStreams
{
    /// <summary>The rows that the target has to hold; the last column says whether the loaded version can't have them as they are now.</summary>
    public static Task<RowStream> OpenExpectedAsync(
        Snapshot source, ComparedTarget target, LoadedVersion loaded, CancellationToken cancellationToken)
    {
        var snapshotXmin = new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Text,
            Value = (object?)loaded.SnapshotXmin?.ToString(CultureInfo.InvariantCulture) ?? DBNull.Value,
        };
        // The names of currencies are not in the source.
        NpgsqlParameter[] parameters = target.Target.Value == "dim_currency"
            ? [snapshotXmin, Array(Iso4217.Names.Keys), Array(Iso4217.Names.Values)]
            : [snapshotXmin];
        return RowStream.OpenAsync(source, target.ReadExpectedSql(), cancellationToken, parameters);
    }

    /// <summary>The rows that the target holds, with the columns of the rows that it has to hold.</summary>
    public static Task<RowStream> OpenActualAsync(
        Snapshot warehouse, ComparedTarget target, RowStream expected, CancellationToken cancellationToken)
    {
        using var quotes = new NpgsqlCommandBuilder();
        var columns = expected.Columns.SkipLast(1).Select(quotes.QuoteIdentifier).ToArray();
        var sql = $"SELECT {string.Join(", ", columns)} FROM {quotes.QuoteIdentifier(target.Current)} ORDER BY {columns[0]}";
        return RowStream.OpenAsync(warehouse, sql, cancellationToken);
    }

    private static NpgsqlParameter Array(IEnumerable<string> texts) => new() { Value = texts.ToArray() };
}
