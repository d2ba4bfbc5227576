using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Local.Status;

/// <summary>Counts the rows of tables in a session.</summary>
internal sealed class TableCounts(NpgsqlConnection connection, PostgreSqlDatabase database)
{
    /// <summary>How many rows a table has; null where there is no such table.</summary>
    public async Task<long?> CountAsync(TableName table, CancellationToken cancellationToken)
    {
        using var quotes = new NpgsqlCommandBuilder();
        var name = $"{quotes.QuoteIdentifier(database.Schema)}.{quotes.QuoteIdentifier(table.Value)}";
        try
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM {name}", connection);
            return (long?)await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
        catch (NpgsqlException exception)
        {
            throw database.Failure(exception);
        }
    }
}
