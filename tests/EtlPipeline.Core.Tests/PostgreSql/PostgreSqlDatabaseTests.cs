using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Core.Tests.PostgreSql;

public sealed class PostgreSqlDatabaseTests
{
    private const string Secret = "s3cret-passw0rd";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_session_is_a_new_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var opened = database.Open();

        Assert.NotEqual(await BackendAsync(opened), await BackendAsync(opened));
        Assert.Equal(database.Settings.ToString(), opened.ToString());
        Assert.Equal("public", opened.Schema);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("/nowhere/to/be/found")]
    [InlineData("host.invalid")]
    public async Task A_server_that_can_not_be_reached_is_named(string host)
    {
        var settings = new DatabaseSettings { Host = host, Port = 1, Database = "totesys", User = "me", Password = Secret, Security = ConnectionSecurity.Disable };

        var failure = await FailureAsync(settings);

        Assert.StartsWith($"database 'totesys' on {host}:1: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        await using var database = await TestDatabase.CreateAsync();

        var failure = await FailureAsync(database.Settings with { Database = "not_there", Password = Secret });

        Assert.Contains("database \"not_there\" does not exist (3D000)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_log_in_is_refused_in_our_words()
    {
        await using var database = await TestDatabase.CreateAsync();

        var failure = await FailureAsync(database.Settings with { User = "nobody_of_this_name" });

        Assert.Contains("the server refused the role or its password (28000)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_whose_server_process_was_killed_fails_with_the_name_of_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var opened = database.Open();
        await using var connection = await opened.OpenAsync(Cancellation);
        var killed = connection.ProcessID;
        await database.ExecuteAsync($"SELECT pg_terminate_backend({killed})");

        await using var command = new NpgsqlCommand("SELECT 'private'", connection);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => command.ExecuteScalarAsync(Cancellation));

        var failure = opened.Failure(thrown);
        Assert.StartsWith($"{database.Settings}: ", failure.Message, StringComparison.Ordinal);
        Assert.Same(failure, opened.Failure(failure));
        await using var again = await opened.OpenAsync(Cancellation);
        Assert.NotEqual(killed, again.ProcessID);
    }

    [Fact]
    public async Task Cancellation_ends_the_opening_and_is_no_failure()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var opened = database.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opened.OpenAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_lock_that_is_not_had_in_time_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("CREATE TABLE staff (staff_id int PRIMARY KEY)");
        await using var holder = await database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("LOCK TABLE staff", holder)) await hold.ExecuteNonQueryAsync(Cancellation);

        var failure = await FailureOfAsync(database, "SELECT * FROM staff");

        Assert.Contains("timed out waiting for a lock; another session holds the table", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 'private'::int", "22P02")]
    [InlineData("SELECT '2022-99-99'::date /* private */", "22008")]
    [InlineData("SELECT 99999999999::int", "22003")]
    [InlineData("INSERT INTO staff VALUES (1, 'private and more')", "22001")]
    [InlineData("COPY staff FROM PROGRAM 'echo private' (FORMAT csv)", "22P02")]
    public async Task A_value_that_does_not_fit_is_not_quoted(string sql, string state)
    {
        await using var database = await StaffAsync();

        var failure = await FailureOfAsync(database, sql);

        Assert.Equal($"{database.Settings}: a value does not fit ({state})", failure.Message);
    }

    [Theory]
    [InlineData("INSERT INTO staff VALUES (1, 'private'), (1, 'private')", "duplicate key value violates unique constraint \"staff_pkey\" (23505)")]
    [InlineData("INSERT INTO staff VALUES (NULL, 'private')", "null value in column \"staff_id\" of relation \"staff\" violates not-null constraint (23502)")]
    [InlineData("SELECT colour FROM staff WHERE name = 'private'", "column \"colour\" does not exist (42703)")]
    public async Task What_the_server_says_of_tables_and_columns_is_passed_on_and_no_value(string sql, string reason)
    {
        await using var database = await StaffAsync();

        var failure = await FailureOfAsync(database, sql);

        Assert.Equal($"{database.Settings}: {reason}", failure.Message);
        Assert.DoesNotContain("private", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<TestDatabase> StaffAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("CREATE TABLE staff (staff_id int PRIMARY KEY, name varchar(7))");
        return database;
    }

    private static async Task<int> BackendAsync(PostgreSqlDatabase database)
    {
        await using var connection = await database.OpenAsync(Cancellation);
        return connection.ProcessID;
    }

    private static async Task<DatabaseException> FailureAsync(DatabaseSettings settings)
    {
        await using var database = new PostgreSqlDatabase(settings, new SessionOptions());
        return await Assert.ThrowsAsync<DatabaseException>(() => database.OpenAsync(Cancellation));
    }

    private static async Task<DatabaseException> FailureOfAsync(TestDatabase database, string sql)
    {
        await using var opened = database.Open(new SessionOptions { LockTimeout = TimeSpan.FromMilliseconds(20) });
        await using var connection = await opened.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return opened.Failure(await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync(Cancellation)));
    }
}
