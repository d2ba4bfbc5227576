using System.Data;
using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A session in the warehouse's schema. What its driver throws becomes a <see cref="DatabaseException"/> that names the database.</summary>
/// <param name="database">The warehouse.</param>
/// <param name="invocation">The invocation; no statement outlives it.</param>
/// <param name="isRehearsal">Whether everything happens in one transaction, which the end of the session takes back.</param>
internal sealed class WarehouseSession(PostgreSqlDatabase database, Invocation invocation, bool isRehearsal = false) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private bool _hasBegun;

    /// <summary>The schema.</summary>
    public string Schema => database.Schema;

    /// <summary>Database and host, for messages.</summary>
    public string Name => database.ToString();

    /// <summary>Whether the connection is there and alive.</summary>
    public bool IsOpen => _connection is { FullState: ConnectionState.Open };

    private CancellationToken Token => invocation.CancellationToken;

    /// <summary>A script of this folder.</summary>
    public static SqlScript Script(string name) => SqlScript.Read(typeof(WarehouseSession).Assembly, $"Warehouse/{name}.sql");

    /// <summary>Opens a connection unless there is one that is alive, and makes the schema if it is missing.</summary>
    public async Task EnsureOpenAsync()
    {
        if (IsOpen) return;
        await DisposeAsync();
        if (isRehearsal && _hasBegun) throw new PipelineException($"The session with the {database} was lost, and what was rehearsed in it is gone. Plan again.");
        _connection = await database.OpenAsync(Token);
        _hasBegun = true;
        if (isRehearsal) await ExecuteAsync("BEGIN");
        await EnterSchemaAsync();
    }

    /// <summary>Does something in a transaction; if it throws, nothing of it stays.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> action)
    {
        if (isRehearsal) return await InSavepointAsync(action);
        var transaction = await GuardAsync(async connection => await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, Token));
        try
        {
            var result = await action();
            await GuardAsync(async _ => { await transaction.CommitAsync(Token); return true; });
            return result;
        }
        finally
        {
            await EndAsync(transaction);
        }
    }

    /// <summary>Runs a statement and returns how many rows it wrote.</summary>
    public Task<int> ExecuteAsync(string sql, params NpgsqlParameter[] parameters) => GuardAsync(connection => connection.ExecuteAsync(sql, parameters, Token));

    /// <summary>Reads the rows of a query.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters) =>
        GuardAsync(connection => connection.QueryAsync(sql, parameters, read, Token));

    /// <summary>Reads the one value of a query.</summary>
    public async Task<T> ReadAsync<T>(string sql, params NpgsqlParameter[] parameters) =>
        (await QueryAsync(sql, reader => reader.GetFieldValue<T>(0), parameters))[0];

    /// <summary>Does something that may take a lock; if it fails, the transaction is as it was before, and what the server said is returned.</summary>
    public async Task<PostgresException?> TryAsync(Func<Task> action)
    {
        await ExecuteAsync("SAVEPOINT attempt");
        try
        {
            await action();
            await ExecuteAsync("RELEASE SAVEPOINT attempt");
            return null;
        }
        catch (DatabaseException exception) when (IsOpen && exception.InnerException is PostgresException refusal)
        {
            await ExecuteAsync("ROLLBACK TO SAVEPOINT attempt");
            return refusal;
        }
    }

    /// <summary>Does something that shouldn't wait long for a lock, because others would then wait behind us.</summary>
    public async Task WithoutWaitingAsync(string timeout, Func<Task> action)
    {
        var before = await ReadAsync<string>("SELECT current_setting('lock_timeout')");
        await ReadAsync<string>("SELECT set_config('lock_timeout', $1, true)", SqlRunner.Parameter(timeout));
        await action();
        await ReadAsync<string>("SELECT set_config('lock_timeout', $1, true)", SqlRunner.Parameter(before));
    }

    /// <summary>Does something with the connection.</summary>
    /// <exception cref="DatabaseException">The server refused, or the connection broke.</exception>
    public async Task<T> GuardAsync<T>(Func<NpgsqlConnection, Task<T>> action)
    {
        try
        {
            return await action(_connection ?? throw new InvalidOperationException("The session isn't open."));
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

    private async Task<T> InSavepointAsync<T>(Func<Task<T>> action)
    {
        await ExecuteAsync("SAVEPOINT rehearsal");
        try
        {
            var result = await action();
            await ExecuteAsync(Script("drop_temporary_tables").Text);
            await ExecuteAsync("RELEASE SAVEPOINT rehearsal");
            return result;
        }
        catch
        {
            if (IsOpen) await ExecuteAsync("ROLLBACK TO SAVEPOINT rehearsal");
            throw;
        }
    }

    private static async Task EndAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            // The connection is gone, and the transaction with it; what broke it is already on its way to the reader.
        }
    }

    /// <summary>Makes every unqualified name one of the warehouse's schema; temporary tables are only found under <c>pg_temp</c>.</summary>
    private async Task EnterSchemaAsync()
    {
        if (!await ReadAsync<bool>(Script("find_schema").Text, SqlRunner.Parameter(Schema))) await ExecuteAsync($"CREATE SCHEMA {SqlIdentifier.Quote(Schema)}");
        var entered = await QueryAsync(
            Script("enter_schema").Text, reader => (IsCurrent: reader.GetBoolean(0), Process: reader.GetInt32(1)), SqlRunner.Parameter(Schema), SqlRunner.Parameter(StatementTimeout()));
        if (!entered[0].IsCurrent)
        {
            throw new PipelineException(
                $"The {database} has no schema '{Schema}' that this role can make tables in; check the schema in the settings, or run create_loader.sql.");
        }

        if (_connection!.ProcessID != entered[0].Process)
        {
            throw new PipelineException(
                $"The {database} is reached through a connection pooler: its server process isn't the one that answered the connection. Locks of a "
                + "session don't hold there; let WAREHOUSE_DB_HOST and WAREHOUSE_DB_PORT name the server itself.");
        }
    }

    /// <summary>A statement ends with the invocation that sent it, even if that was killed.</summary>
    private string StatementTimeout()
    {
        var milliseconds = invocation.Remaining.TotalMilliseconds;
        return milliseconds > int.MaxValue ? "0" : Math.Max(1000, (long)milliseconds).ToString(CultureInfo.InvariantCulture);
    }
}
