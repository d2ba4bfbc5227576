using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;
using Moq;

namespace EtlPipeline.Load.Tests;

public class LoadStageTests
{
    private const string Ledger = "SELECT target, version, rows, written, is_skipped, request_id FROM etl_load ORDER BY 1, 2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_is_loaded_once_however_often_it_is_announced()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        var key = LoadScenario.Key("fact_payment", 1).Parquet;
        await load.RingAsync(key, key);
        await load.Database.ExecuteAsync("UPDATE fact_payment SET payment_amount = 7");
        await load.RingAsync(key);
        await load.SweepAsync();

        Assert.Equal("(7.00)", await load.RowsAsync("SELECT payment_amount FROM fact_payment"));
        Assert.Equal("(fact_payment,2026-11-23_12-01-00-000000,1,1,f,request-1)", await load.RowsAsync(Ledger));
        Assert.DoesNotContain(load.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_doorbell_brings_its_own_target_up_to_date_and_no_other()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1)));
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 2)));
        await load.PutAsync("dim_currency", 1, "SELECT 1 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        var summary = await load.RingAsync(LoadScenario.Key("fact_payment", 2).Parquet);

        Assert.Equal(
            [LoadScenario.Key("fact_payment", 1), LoadScenario.Key("fact_payment", 2)],
            summary.Versions.Select(version => new VersionKey(version.Target, version.Version)));
    }

    [Fact]
    public async Task Doorbells_that_come_out_of_order_load_in_order()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 2)));
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1)));
        await load.RingAsync(LoadScenario.Key("fact_payment", 2).Parquet);
        await load.RingAsync(LoadScenario.Key("fact_payment", 1).Parquet);

        Assert.Equal("(1.00) (2.00)", await load.RowsAsync("SELECT payment_amount FROM fact_payment ORDER BY payment_record_id"));
    }

    [Fact]
    public async Task A_lower_version_that_turns_up_later_is_logged_and_left()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 2)));
        await load.SweepAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1)));
        await load.RingAsync(LoadScenario.Key("fact_payment", 1).Parquet);
        await load.SweepAsync();

        Assert.Single(load.Log.Entries, entry => entry.EventName == "StrayVersion");
        Assert.Equal("(2.00)", await load.RowsAsync("SELECT payment_amount FROM fact_payment"));
    }

    [Fact]
    public async Task An_object_deleted_before_its_event_arrives_is_an_error_that_names_the_key_and_nothing_is_written()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1)));
        var gone = LoadScenario.Key("fact_payment", 2).Parquet;

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => load.RingAsync(gone));

        Assert.Contains($"'{gone}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal("(fact_payment,2026-11-23_12-01-00-000000,1,1,f,request-1)", await load.RowsAsync(Ledger));
    }

    [Theory]
    [InlineData("rejected/fact_payment/2026-11-23_12-00-00-000000.json")]
    [InlineData("fact_payment/../dim_date/2026-11-23_12-00-00-000000.parquet")]
    [InlineData("fact_payment\"; DROP TABLE etl_load; --/2026-11-23_12-00-00-000000.parquet")]
    [InlineData("fact_payment%2F2026-11-23_12-00-00-000000.parquet")]
    [InlineData("fact_payment/2026-11-23_12-00-00-000000.parquet\u0000")]
    [InlineData("")]
    [InlineData("timestamp")]
    public async Task A_key_of_another_form_is_ignored_with_a_log_line(string key)
    {
        await using var load = await LoadScenario.CreateAsync();
        var summary = await load.RingAsync(key);

        Assert.Empty(summary.Versions);
        Assert.Single(load.Log.Entries, entry => entry.EventName == "ForeignKey");
    }

    [Theory]
    [InlineData("dim_unknown")]
    [InlineData("etl_load")]
    [InlineData("pg_class")]
    public async Task A_key_whose_table_the_warehouse_does_not_have_is_ignored_with_a_log_line(string table)
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync(table, 1, "SELECT 1 AS a");
        var summary = await load.RingAsync(LoadScenario.Key(table, 1).Parquet);

        Assert.Empty(summary.Versions);
        Assert.Single(load.Log.Entries, entry => entry.EventName == "UnknownTarget");
    }

    [Fact]
    public async Task A_sweep_loads_dimensions_before_facts_and_other_targets_go_on_where_one_fails()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.PutAsync("dim_design", 1, "SELECT 1 AS design_id, 'no other column' AS design_name");
        await load.PutAsync("dim_currency", 1, "SELECT 5 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        var message = await load.FailingSweepAsync();

        Assert.Contains("Load failed for dim_design/2026-11-23_12-01-00-000000: ", message, StringComparison.Ordinal);
        Assert.Equal("(dim_currency) (fact_payment)", await load.RowsAsync("SELECT target FROM etl_load ORDER BY 1"));
        Assert.Single(load.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal("LoadFinished", load.Log.Entries.Last().EventName);
    }

    [Fact]
    public async Task Two_loads_at_once_load_each_version_once()
    {
        await using var load = await LoadScenario.CreateAsync();
        for (var version = 1; version <= 8; version++)
            await load.PutAsync("fact_payment", version, Payment.Rows(new Payment(1, version), new Payment(2, version % 2)));

        var summaries = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => load.AnotherStage().RunAsync(new StageEvent.Sweep(), "request", Cancellation)));

        Assert.Equal(8, summaries.Sum(summary => summary.Versions.Count));
        Assert.Equal(
            "(1,1.00) (1,2.00) (1,3.00) (1,4.00) (1,5.00) (1,6.00) (1,7.00) (1,8.00)",
            await load.RowsAsync("SELECT payment_id, payment_amount FROM fact_payment WHERE payment_id = 1 ORDER BY payment_record_id"));
        Assert.Equal("(8)", await load.RowsAsync("SELECT count(*) FROM fact_payment WHERE payment_id = 2"));
    }

    [Fact]
    public async Task A_backend_that_is_killed_leaves_nothing_behind_and_the_next_run_carries_on()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.SweepAsync();
        await load.Database.ExecuteAsync("""
            CREATE FUNCTION kill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;
            CREATE TRIGGER kill AFTER INSERT ON fact_payment EXECUTE FUNCTION kill()
            """);
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.PutAsync("fact_sales_order", 1, "SELECT 1 AS sales_order_id");
        var message = await load.FailingSweepAsync();
        Assert.Contains($"fact_payment/2026-11-23_12-01-00-000000: database '{load.Database.Settings.Database}'", message, StringComparison.Ordinal);
        Assert.Contains("table 'fact_sales_order', column 'created_date'", message, StringComparison.Ordinal);
        Assert.Equal("(0,0,0)", await load.RowsAsync(
            "SELECT (SELECT count(*) FROM fact_payment), (SELECT count(*) FROM etl_load), (SELECT count(*) FROM dim_currency)"));

        await load.Database.ExecuteAsync("DROP TRIGGER kill ON fact_payment");
        await load.RingAsync(LoadScenario.Key("fact_payment", 1).Parquet);
        Assert.Equal("(1)", await load.RowsAsync("SELECT payment_id FROM fact_payment"));
    }

    [Fact]
    public async Task A_lock_that_is_not_had_in_time_is_an_error_that_says_so()
    {
        await using var load = await LoadScenario.CreateAsync(options: new SessionOptions { LockTimeout = TimeSpan.FromMilliseconds(50) });
        await load.SweepAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await using var connection = await load.Database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(x'45544C5F4C4F4144'::bigint)", connection);
        await command.ExecuteNonQueryAsync(Cancellation);

        Assert.Contains("a lock was not had in time", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_that_can_not_be_reached_is_an_error_that_names_it()
    {
        await using var load = await LoadScenario.CreateAsync();
        await using var nowhere = new PostgreSqlDatabase(load.Database.Settings with { Database = "no_such_database" }, new SessionOptions());
        var stage = new LoadStage(load.Bucket, nowhere, TimeProvider.System, load.Log.Logger);
        var failure = await Assert.ThrowsAsync<StageFailedException>(() => stage.RunAsync(new StageEvent.Sweep(), "request", Cancellation));

        Assert.Contains("Load failed for warehouse: database 'no_such_database' on ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_fails_is_an_error_for_the_target_and_the_others_go_on()
    {
        await using var load = await LoadScenario.CreateAsync();
        var bucket = new Mock<IObjectStore>();
        bucket.Setup(store => store.ListAsync(It.IsAny<string>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .Returns((string prefix, string? after, CancellationToken cancellation) => prefix == "dim_date/"
                ? throw new ObjectStoreException("Bucket b, key 'dim_date/': out of reach")
                : load.Bucket.ListAsync(prefix, after, cancellation));
        bucket.Setup(store => store.OpenAsync(It.IsAny<string>(), It.IsAny<long>(), It.IsAny<CancellationToken>()))
            .Returns(load.Bucket.OpenAsync);
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        var failure = await Assert.ThrowsAsync<StageFailedException>(
            () => load.AnotherStage(bucket: bucket.Object).RunAsync(new StageEvent.Sweep(), "request", Cancellation));

        Assert.Equal("dim_date", failure.Failures.Single().Subject);
        Assert.Equal("(1)", await load.RowsAsync("SELECT payment_id FROM fact_payment"));
    }

    [Fact]
    public async Task A_warehouse_restored_to_an_earlier_state_catches_up()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1)));
        await load.SweepAsync();
        await load.Database.ExecuteAsync("CREATE TABLE backup AS TABLE fact_payment; CREATE TABLE ledger_backup AS TABLE etl_load");
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 2)));
        await load.PutAsync("fact_payment", 3, Payment.Rows(new Payment(1, 3), new Payment(2)));
        await load.SweepAsync();
        var right = await load.RowsAsync("SELECT payment_id, payment_amount FROM fact_payment ORDER BY payment_record_id");

        await load.Database.ExecuteAsync("""
            TRUNCATE fact_payment, etl_load;
            INSERT INTO fact_payment SELECT * FROM backup;
            INSERT INTO etl_load SELECT * FROM ledger_backup
            """);
        await load.SweepAsync();
        Assert.Equal(right, await load.RowsAsync("SELECT payment_id, payment_amount FROM fact_payment ORDER BY payment_record_id"));
    }

    [Fact]
    public async Task Progress_is_told_of_each_version_when_it_has_committed()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        var progress = new Mock<IProgress<VersionLoaded>>();
        var summary = await load.AnotherStage(progress.Object).RunAsync(new StageEvent.Sweep(), "request", Cancellation);

        progress.Verify(told => told.Report(summary.Versions.Single()), Times.Once);
    }

    [Fact]
    public async Task No_session_and_no_temporary_file_is_left()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.PutAsync("dim_design", 1, [1, 2, 3], ObjectMetadata.Empty);
        await load.FailingSweepAsync();

        Assert.Equal("", await load.RowsAsync(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'etl-pipeline' AND state <> 'idle'"));
    }
}
