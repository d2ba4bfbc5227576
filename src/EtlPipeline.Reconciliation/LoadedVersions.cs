using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Reconciliation;

/// <summary>What the warehouse's ledger tells.</summary>
public static class LoadedVersions
{
    /// <summary>The newest loaded version of each target; none where the warehouse has no ledger yet.</summary>
    public static async Task<IReadOnlyDictionary<TableName, TableVersion>> ReadAsync(
        NpgsqlConnection connection, PostgreSqlDatabase warehouse, CancellationToken cancellationToken)
    {
        var ledger = $"{new NpgsqlCommandBuilder().QuoteIdentifier(warehouse.Schema)}.etl_load";
        var versions = new Dictionary<TableName, TableVersion>();
        try
        {
            await using var command = new NpgsqlCommand($"SELECT target, max(version) FROM {ledger} GROUP BY target", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                versions.Add(TableName.Parse(reader.GetString(0)), TableVersion.Parse(reader.GetString(1)));
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return versions;
        }
        catch (NpgsqlException exception)
        {
            throw warehouse.Failure(exception);
        }

        return versions;
    }
}
