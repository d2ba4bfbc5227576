using EtlPipeline.Pipeline.Tests.Harness;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Museum;

/// <summary>A row commits behind the position that the tool has remembered, and is never asked for again.</summary>
public sealed class LateCommitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// dlt-hub/dlt issue 2269: on a busy database a row is committed after the run began, with an older timestamp than the newest that the run
    /// has seen; the next run filters it away.
    /// </summary>
    [Fact]
    public async Task A_row_with_an_older_timestamp_that_commits_after_the_run_arrives_with_the_next()
    {
        await using var pipeline = await OpenAsync();
        await using var late = await BeginAsync(pipeline, Insert(900_001, "2024-07-01 11:59:59"));
        await pipeline.Database.ExecuteAsync(Insert(900_002, "2024-07-01 12:00:00"));
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await CommitAsync(late);
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(2, await CountAsync(pipeline, "sales_order_id IN (900001, 900002)"));
    }

    /// <summary>
    /// airbytehq/airbyte issue 14732, as its fix, pull request 15535, tells it: rows inserted while the sync starts, whose cursor equals the one
    /// that it remembers, are missed.
    /// </summary>
    [Fact]
    public async Task Rows_that_share_the_newest_timestamp_with_a_row_of_the_run_before_arrive()
    {
        await using var pipeline = await OpenAsync();
        await pipeline.Database.ExecuteAsync(Insert(900_001, "2024-07-01 12:00:00"));
        await pipeline.RunAsync();

        await pipeline.Database.ExecuteAsync(Insert(900_002, "2024-07-01 12:00:00") + ";" + Insert(900_003, "2024-07-01 12:00:00"));
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(3, await CountAsync(pipeline, "sales_order_id BETWEEN 900001 AND 900003"));
    }

    /// <summary>
    /// confluentinc/kafka-connect-jdbc issue 172: two sessions insert; the one with the smaller id and timestamp commits last, and in mode
    /// timestamp+incrementing its row is missing.
    /// </summary>
    [Fact]
    public async Task Of_two_open_inserts_the_one_with_the_smaller_id_may_commit_last()
    {
        await using var pipeline = await OpenAsync();
        await using var first = await BeginAsync(pipeline, Insert(900_001, "2024-07-01 12:00:01"));
        await using var second = await BeginAsync(pipeline, Insert(900_003, "2024-07-01 12:00:46"));
        await CommitAsync(second);
        await pipeline.RunAsync();
        await pipeline.RunAsync();

        await CommitAsync(first);
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(2, await CountAsync(pipeline, "sales_order_id IN (900001, 900003)"));
    }

    /// <summary>
    /// apache/seatunnel pull request 11556: a row that is inserted, updated or deleted between the low and the high watermark of a snapshot is
    /// lost, since the log of that window is never read.
    /// </summary>
    [Fact]
    public async Task What_is_written_between_the_snapshot_and_the_reading_of_the_rows_arrives_with_the_next_run()
    {
        await using var pipeline = await SmallCompany.OpenAsync(isLarge: true);
        pipeline.Storage = store => new HookedStore(store, isPut: true, "sales_order/", () => pipeline.Database.ExecuteAsync($"""
            {Insert(900_001, "2024-07-01 12:00:00")};
            UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = (SELECT max(sales_order_id) FROM sales_order WHERE sales_order_id < 900001);
            DELETE FROM payment WHERE payment_id = (SELECT min(payment_id) FROM payment)
            """));
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
        pipeline.Storage = store => store;

        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(1, await CountAsync(pipeline, "sales_order_id = 900001"));
    }

    private static async Task<TestPipeline> OpenAsync()
    {
        var pipeline = await SmallCompany.OpenAsync(isLarge: true);
        await pipeline.RunAsync();
        return pipeline;
    }

    private static string Insert(int key, string at) => $"""
        INSERT INTO sales_order
        SELECT {key}, '{at}', '{at}', design_id, staff_id, counterparty_id, 1, unit_price, currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id
        FROM sales_order ORDER BY sales_order_id LIMIT 1
        """;

    private static async Task<NpgsqlConnection> BeginAsync(TestPipeline pipeline, string sql)
    {
        var connection = await pipeline.Database.OpenAsync();
        await ExecuteAsync(connection, $"BEGIN; {sql}");
        return connection;
    }

    private static Task CommitAsync(NpgsqlConnection connection) => ExecuteAsync(connection, "COMMIT");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static Task<long> CountAsync(TestPipeline pipeline, string condition) =>
        pipeline.Warehouse.ScalarAsync<long>($"SELECT count(*) FROM warehouse.sales_order_current WHERE {condition}");
}
