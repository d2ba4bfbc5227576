using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Tables;
using Npgsql;

namespace EtlPipeline.Local.Status;

/// <summary>Counts the rows of tables in a session.</summary>
internal sealed class TableCounts(NpgsqlConnection connection, PostgreSqlDatabase database)
{
    private readonly NpgsqlCommandBuilder _quotes = new();

    /// <summary>How many rows a table has; null where there is no such table.</summary>
    public async Task<long?> CountAsync(TableName table, CancellationToken cancellationToken)
    {
        var name = $"{_quotes.QuoteIdentifier(database.Schema)}.{_quotes.QuoteIdentifier(table.Value)}";
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
