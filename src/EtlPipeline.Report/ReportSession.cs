using System.Data;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Resources;
using Npgsql;

namespace EtlPipeline.Report;

/// <summary>A query, and how to read a row of its result.</summary>
/// <param name="Script">The .sql file.</param>
/// <param name="Read">Reads the current row.</param>
/// <typeparam name="T">A row.</typeparam>
internal sealed record FigureQuery<T>(string Script, Func<NpgsqlDataReader, T> Read);

/// <summary>A read-only session that sees the warehouse as of one moment.</summary>
internal sealed class ReportSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private ReportSession(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    /// <summary>Opens the session. Names without a schema refer to the warehouse's.</summary>
    public static async Task<ReportSession> OpenAsync(PostgreSqlDatabase warehouse, CancellationToken cancellationToken)
    {
        var connection = await warehouse.OpenAsync(cancellationToken);
        var session = new ReportSession(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken));
        await session.ExecuteAsync("SET TRANSACTION READ ONLY", cancellationToken);
        // Compiling the queries takes longer than it saves, even with millions of facts.
        await session.ExecuteAsync("SET LOCAL jit = off", cancellationToken);
        await session.ExecuteAsync("SELECT set_config('search_path', quote_ident($1), true)", cancellationToken, warehouse.Schema);
        return session;
    }

    /// <summary>Runs a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="asOf">The value of <c>$1</c> in its script; null if the script has no parameter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(FigureQuery<T> query, DateOnly? asOf, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedText.Read(typeof(ReportSession).Assembly, query.Script), _connection, _transaction);
        if (asOf is { } day) command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(query.Read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
