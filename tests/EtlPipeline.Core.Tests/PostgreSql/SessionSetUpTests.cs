using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Core.Tests.PostgreSql;

public sealed class SessionSetUpTests
{
    public static TheoryData<string> Printed { get; } = new(
        "DateStyle = 'SQL, DMY'",
        "DateStyle = 'German'",
        "DateStyle = 'Postgres, MDY'",
        "TimeZone = 'Asia/Kolkata'",
        "IntervalStyle = 'sql_standard'",
        "IntervalStyle = 'iso_8601'",
        "bytea_output = 'escape'",
        "extra_float_digits = -15",
        "client_encoding = 'LATIN1'");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task However_the_database_prints_values_a_session_prints_them_alike(string setting)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync($"ALTER DATABASE {database.Settings.Database} SET {setting}");

        var values = await RowAsync(
            database,
            """
            SELECT date '2022-11-03', timestamp '2022-11-03 14:20:52.186', timestamptz '2022-11-03 14:20:52.186+05:30',
                   interval '1 year -2 days 3:04:05', '\x00ff'::bytea, 0.1::float8 + 0.2::float8, 'ü€'
            """);

        Assert.Equal(
            @"2022-11-03|2022-11-03 14:20:52.186|2022-11-03 08:50:52.186+00|1 year -2 days +03:04:05|\x00ff|0.30000000000000004|ü€",
            values);
    }

    [Fact]
    public async Task An_ambiguous_date_is_read_in_one_way()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync($"ALTER DATABASE {database.Settings.Database} SET DateStyle = 'SQL, DMY'");

        Assert.Equal("2003-04-05", await RowAsync(database, "SELECT '03-04-05'::date"));
    }

    [Fact]
    public async Task Limits_that_the_database_sets_do_not_cut_a_session_short()
    {
        await using var database = await TestDatabase.CreateAsync();
        var name = database.Settings.Database;
        await database.ExecuteAsync(
            $"""
            ALTER DATABASE {name} SET statement_timeout = '7s';
            ALTER DATABASE {name} SET default_transaction_read_only = on;
            DO $$
            BEGIN
                IF current_setting('server_version_num')::int >= 140000 THEN ALTER DATABASE {name} SET idle_session_timeout = '7s'; END IF;
                IF current_setting('server_version_num')::int >= 170000 THEN ALTER DATABASE {name} SET transaction_timeout = '7s'; END IF;
            END $$
            """);

        Assert.Equal(
            "0|off|0|0",
            await RowAsync(
                database,
                """
                SELECT current_setting('statement_timeout'), current_setting('default_transaction_read_only'),
                       coalesce(current_setting('idle_session_timeout', true), '0'), coalesce(current_setting('transaction_timeout', true), '0')
                """));
    }

    [Fact]
    public async Task A_session_has_the_limits_it_was_given()
    {
        await using var database = await TestDatabase.CreateAsync();
        var options = new SessionOptions
        {
            IdleInTransactionTimeout = TimeSpan.FromMinutes(2),
            LockTimeout = TimeSpan.FromMilliseconds(1500),
            StatementTimeout = TimeSpan.FromSeconds(90),
        };

        Assert.Equal(
            "2min|1500ms|90s|etl-pipeline",
            await RowAsync(
                database,
                """
                SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout'), current_setting('statement_timeout'),
                       current_setting('application_name')
                """,
                options));
    }

    [Fact]
    public async Task A_session_that_is_opened_synchronously_is_set_up_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.OpenAsync();
        await using (var command = new NpgsqlCommand("SET DateStyle = 'SQL, DMY'", connection)) await command.ExecuteNonQueryAsync(Cancellation);

        SessionSetUp.Run(connection, new SessionOptions());

        await using var query = new NpgsqlCommand("SELECT date '2022-11-03'::text", connection);
        Assert.Equal("2022-11-03", await query.ExecuteScalarAsync(Cancellation));
    }

    private static async Task<string> RowAsync(TestDatabase database, string sql, SessionOptions? options = null)
    {
        await using var opened = database.Open(options);
        await using var connection = await opened.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        return string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString));
    }
}
