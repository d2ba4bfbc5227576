using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Local.Status;

/// <summary>What Load's own tables say about a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="SourceTable">The source table; null if it has none.</param>
/// <param name="Version">The newest version in the warehouse.</param>
/// <param name="VerifiedThrough">Since when every row has been compared with the source.</param>
/// <param name="HistorySince">From when on the history is complete.</param>
/// <param name="IsBlocked">Whether no chunk ends anything in it.</param>
/// <param name="Rejected">Rows that are rejected now.</param>
/// <param name="Corrections">Rows that the daily round mended.</param>
internal sealed record TargetState(
    TableName Target,
    TableName? SourceTable,
    TableVersion? Version,
    TableVersion? VerifiedThrough,
    TableVersion? HistorySince,
    bool IsBlocked,
    long Rejected,
    long Corrections);

/// <summary>Rows of a target that are rejected for one reason.</summary>
/// <param name="Target">The target.</param>
/// <param name="Reason">Why they are.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstKey">The key of one of them; null if none can be read.</param>
internal sealed record RejectedGroup(string Target, string Reason, long Count, string? FirstKey);

/// <summary>Reads Load's own tables, in one session.</summary>
internal sealed class WarehouseState : IAsyncDisposable
{
    private const long MostRowsToCount = 1_000_000;

    private readonly PostgreSqlDatabase _warehouse;
    private readonly NpgsqlConnection _connection;

    private WarehouseState(PostgreSqlDatabase warehouse, NpgsqlConnection connection) => (_warehouse, _connection) = (warehouse, connection);

    /// <exception cref="DatabaseException">The warehouse could not be reached.</exception>
    public static async Task<WarehouseState> OpenAsync(PostgreSqlDatabase warehouse, CancellationToken cancellationToken) =>
        new(warehouse, await warehouse.OpenAsync(cancellationToken));

    /// <summary>The targets; none if the warehouse has none of Load's tables yet.</summary>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    public async Task<IReadOnlyList<TargetState>> ReadTargetsAsync(CancellationToken cancellationToken) => await QueryAsync(
        SqlScript.Read(typeof(WarehouseState).Assembly, "target_states.sql").With(("schema", SqlIdentifier.Quote(_warehouse.Schema))),
        [],
        row => new TargetState(
            TableName.Parse(row.GetString(0)),
            row.IsDBNull(1) ? null : TableName.Parse(row.GetString(1)),
            Version(row, 2),
            Version(row, 3),
            Version(row, 4),
            row.GetBoolean(5),
            row.GetInt64(6),
            row.GetInt64(7)),
        cancellationToken) ?? [];

    /// <summary>How many rows are rejected now, by target and reason, each with its first key.</summary>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    public async Task<IReadOnlyList<RejectedGroup>> ReadRejectedAsync(CancellationToken cancellationToken) => await QueryAsync(
        $"SELECT target, reason, count(*), min(array_to_string(key, ', ')) FILTER (WHERE key[1] IS NOT NULL) FROM {Quote("etl_rejected")} GROUP BY target, reason ORDER BY count(*) DESC, target, reason",
        [],
        row => new RejectedGroup(row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3)),
        cancellationToken) ?? [];

    /// <summary>Whether the warehouse was made by format 1: it has that format's ledger, but not the table of targets.</summary>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    public async Task<bool> IsFormatOneAsync(CancellationToken cancellationToken) => await FindAsync(
        "SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NULL",
        [SqlRunner.Parameter(Quote("etl_load")), SqlRunner.Parameter(Quote("etl_target"))],
        row => row.GetBoolean(0),
        cancellationToken);

    /// <summary>The current rows of a target, counted up to a million and estimated by PostgreSQL beyond; null if there is no such table.</summary>
    /// <exception cref="DatabaseException">The warehouse could not be read.</exception>
    public async Task<(long Rows, bool IsEstimate)?> CountAsync(TableName target, CancellationToken cancellationToken)
    {
        var table = Quote(target.Value);
        var estimate = await FindAsync<long?>(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass($1)", [SqlRunner.Parameter(table)], row => row.GetInt64(0), cancellationToken);
        if (estimate is null) return null;
        if (estimate > MostRowsToCount) return (estimate.Value, true);
        var current = target.Value.StartsWith("fact_", StringComparison.Ordinal) ? " WHERE valid_to IS NULL" : string.Empty;
        return (await FindAsync($"SELECT count(*) FROM {table}{current}", [], row => row.GetInt64(0), cancellationToken), false);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private string Quote(string name) => SqlIdentifier.Quote(_warehouse.Schema, name);

    private static TableVersion? Version(NpgsqlDataReader row, int column) =>
        !row.IsDBNull(column) && TableVersion.TryParse(row.GetString(column), out var version) ? version : null;

    private async Task<T?> FindAsync<T>(string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        await QueryAsync(sql, parameters, read, cancellationToken) is { Count: > 0 } rows ? rows[0] : default;

    /// <summary>The rows of a query; null if a table or column doesn't exist.</summary>
    private async Task<IReadOnlyList<T>?> QueryAsync<T>(string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _connection.QueryAsync(sql, parameters, read, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            return null;
        }
        catch (NpgsqlException exception)
        {
            throw _warehouse.Failure(exception);
        }
    }
}
