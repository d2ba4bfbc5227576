using System.Globalization;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>
/// The source of a history, with three writers: one commits at once, one's transaction stays open, one prepares its own. A few dozen rows,
/// so that every action finds some to change, and no foreign keys, so that what a look-up needs can go.
/// </summary>
internal sealed class HistorySource : IAsyncDisposable
{
    private const int MostAsked = 2000;

    public static readonly string[] Tables = ["sales_order", "payment", "staff", "department", "currency"];

    private static readonly DateTimeOffset Filled = new(2024, 6, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory Sample = new(new SampleOptions { Scale = 0.2, Start = new DateOnly(2024, 6, 3) });

    // What an application would give up as well: a lock not had in time, a key that is there already, a column that was renamed, a value that
    // a column can't hold, a transaction that isn't there.
    private static readonly HashSet<string> GivenUp =
    [
        PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.UniqueViolation, PostgresErrorCodes.UndefinedColumn, PostgresErrorCodes.DuplicateColumn,
        PostgresErrorCodes.NumericValueOutOfRange, PostgresErrorCodes.UndefinedObject, PostgresErrorCodes.DuplicateObject, PostgresErrorCodes.InvalidTableDefinition,
        PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.DuplicateTable, PostgresErrorCodes.NotNullViolation,
    ];

    private readonly HashSet<string> _prepared = new(StringComparer.Ordinal);
    private NpgsqlConnection _writer = null!;
    private NpgsqlConnection _late = null!;
    private NpgsqlConnection? _elsewhere;

    private HistorySource(TestDatabase database) => Database = database;

    public TestDatabase Database { get; private set; }

    /// <summary>The moment that writers and the source's clock have; five minutes pass from run to run.</summary>
    public DateTimeOffset Now { get; set; } = Filled;

    /// <summary>How many steps of writers changed something, and how many were given up.</summary>
    public (int Done, int GivenUp) Counts { get; private set; }

    private string Prepared => Database.Settings.Database;

    public static async Task<HistorySource> CreateAsync()
    {
        var source = new HistorySource(await TestDatabase.CreateCopyAsync("history_source", FillAsync));
        await source.ConnectAsync();
        return source;
    }

    /// <summary>Takes a step of a writer.</summary>
    public async Task TakeAsync(HistoryStep step)
    {
        var sql = step.Action.SqlFor(step.Number, Now).Replace(TransactionActions.Prepared, Prepared, StringComparison.Ordinal);
        switch (step.Action.Kind)
        {
            case StepKind.Write:
                await TryAsync(_writer, sql);
                break;
            case StepKind.WriteLate:
                await TryAsync(_late, $"SAVEPOINT step; {sql}; RELEASE step", "ROLLBACK TO step");
                break;
            case StepKind.Prepare:
                await PrepareAsync(sql);
                break;
            case StepKind.End when sql is "COMMIT" or "ROLLBACK":
                await ExecuteAsync(_late, $"{sql}; BEGIN");
                break;
            case StepKind.End when sql.Contains(TransactionActions.LateProcess, StringComparison.Ordinal):
                await KillLateAsync(sql);
                break;
            case StepKind.End when _prepared.Remove(Prepared):
                await ExecuteAsync(_writer, sql);
                break;
        }
    }

    /// <summary>Commits what is open or prepared.</summary>
    public async Task SettleAsync()
    {
        await ExecuteAsync(_late, "COMMIT; BEGIN");
        await EndPreparedAsync("COMMIT");
    }

    /// <summary>Puts a copy in the database's place, as a restore from a template does. Open transactions are lost with it.</summary>
    public async Task ReplaceAsync()
    {
        await EndPreparedAsync("ROLLBACK");
        await DisconnectAsync();
        Database = await Database.ReplaceByCopyAsync();
        await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndPreparedAsync("ROLLBACK");
        await DisconnectAsync();
        if (_elsewhere is { }) await _elsewhere.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static async Task FillAsync(NpgsqlConnection connection)
    {
        await TotesysSchema.CreateAsync(connection, CancellationToken.None);
        await TotesysDatabase.FillAsync(connection, Sample, Filled, CancellationToken.None);
        await ExecuteAsync(connection, """
            DO $$
            DECLARE
                constraint_ record;
            BEGIN
                FOR constraint_ IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint WHERE contype = 'f' LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', constraint_.relation, constraint_.conname);
                END LOOP;
            END $$
            """);
    }

    private async Task ConnectAsync()
    {
        _writer = await Database.OpenAsync();
        await ExecuteAsync(_writer, "SET lock_timeout = '100ms'; SET client_min_messages = warning");
        await BeginLateAsync();
    }

    private async Task BeginLateAsync()
    {
        _late = await Database.OpenAsync();
        await ExecuteAsync(_late, "SET lock_timeout = '100ms'; BEGIN");
    }

    /// <summary>Has the server end the session of the open transaction, and waits until its locks are gone, so that a history repeats itself.</summary>
    private async Task KillLateAsync(string sql)
    {
        var process = _late.ProcessID.ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync(_writer, sql.Replace(TransactionActions.LateProcess, process, StringComparison.Ordinal));
        for (var asked = 0; asked < MostAsked && await Database.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {process})"); asked++) await Task.Delay(5);
        await _late.DisposeAsync();
        await BeginLateAsync();
    }

    private async Task DisconnectAsync()
    {
        await _late.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private async Task PrepareAsync(string sql)
    {
        var name = sql.Split('\'')[^2];
        if (_prepared.Contains(name)) return;
        var isElsewhere = name.EndsWith(TransactionActions.Elsewhere, StringComparison.Ordinal);
        if (isElsewhere) _elsewhere ??= await TestDatabase.OpenMaintenanceAsync();
        if (await TryAsync(isElsewhere ? _elsewhere! : _writer, sql)) _prepared.Add(name);
    }

    private async Task EndPreparedAsync(string verb)
    {
        foreach (var name in _prepared)
            await ExecuteAsync(name.EndsWith(TransactionActions.Elsewhere, StringComparison.Ordinal) ? _elsewhere! : _writer, $"{verb} PREPARED '{name}'");
        _prepared.Clear();
    }

    private async Task<bool> TryAsync(NpgsqlConnection connection, string sql, string rollback = "ROLLBACK")
    {
        try
        {
            await ExecuteAsync(connection, sql);
            Counts = (Counts.Done + 1, Counts.GivenUp);
            return true;
        }
        catch (PostgresException exception) when (GivenUp.Contains(exception.SqlState))
        {
            await ExecuteAsync(connection, rollback);
            Counts = (Counts.Done, Counts.GivenUp + 1);
            return false;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
