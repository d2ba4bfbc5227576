using System.Data;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A session in the warehouse's schema. What its driver throws becomes a <see cref="DatabaseException"/> that names the database.</summary>
internal sealed class WarehouseSession(PostgreSqlDatabase database) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    public string Schema => database.Schema;

    /// <summary>Opens a connection where there is none yet, or the one before broke.</summary>
    public async Task EnsureOpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is { FullState: ConnectionState.Open }) return;
        await DisposeAsync();
        _connection = await database.OpenAsync(cancellationToken);
        await EnterSchemaAsync(cancellationToken);
    }

    /// <summary>Begins a transaction that has the warehouse to itself among all Loads, until it ends.</summary>
    public async Task<WarehouseTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        await EnsureOpenAsync(cancellationToken);
        var transaction = await GuardAsync(
            async connection => await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken));
        var held = new WarehouseTransaction(this, transaction);
        await ExecuteAsync(SqlScript.Read("lock_warehouse"), cancellationToken);
        return held;
    }

    /// <summary>Runs statements.</summary>
    /// <returns>How many rows they wrote.</returns>
    public Task<int> ExecuteAsync(SqlScript script, CancellationToken cancellationToken, params object[] parameters) =>
        ExecuteAsync(script.ToString(), cancellationToken, parameters);

    /// <inheritdoc cref="ExecuteAsync(SqlScript, CancellationToken, object[])"/>
    public Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters) => GuardAsync(async connection =>
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    });

    /// <summary>Reads rows.</summary>
    public Task<List<T>> QueryAsync<T>(
        SqlScript script, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] parameters) =>
        GuardAsync(async connection =>
        {
            await using var command = Command(connection, script.ToString(), parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            return rows;
        });

    /// <summary>The tables that Load fills: dimensions first, so that few of their members have to be inferred for the facts.</summary>
    public async Task<IReadOnlyList<TableName>> FindTargetsAsync(CancellationToken cancellationToken) =>
        await QueryAsync(SqlScript.Read("find_targets"), reader => TableName.Parse(reader.GetString(0)), cancellationToken);

    /// <summary>Does something with the connection.</summary>
    /// <exception cref="DatabaseException">The server refused, or the connection broke.</exception>
    public async Task<T> GuardAsync<T>(Func<NpgsqlConnection, Task<T>> action)
    {
        try
        {
            return await action(_connection ?? throw new InvalidOperationException("The session is not open."));
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            throw database.Failure(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { }) await _connection.DisposeAsync();
        _connection = null;
    }

    /// <summary>Makes every unqualified name one of the warehouse's schema; temporary tables are only found under <c>pg_temp</c>.</summary>
    private async Task EnterSchemaAsync(CancellationToken cancellationToken)
    {
        var exists = await QueryAsync(SqlScript.Read("find_schema"), reader => reader.GetBoolean(0), cancellationToken, Schema);
        if (!exists.Single()) await ExecuteAsync(SqlScript.Read("create_schema").WithName("schema", Schema), cancellationToken);
        var entered = await QueryAsync(SqlScript.Read("enter_schema"), reader => reader.GetBoolean(0), cancellationToken, Schema);
        if (!entered.Single())
        {
            throw new PipelineException(
                $"The {database} has no schema '{Schema}' that tables can be made in by this role; check the schema in the settings.");
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}
