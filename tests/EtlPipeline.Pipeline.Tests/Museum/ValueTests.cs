using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Museum;

/// <summary>A value is replaced, doubled, or dropped with thousands of others, and the run reports success.</summary>
public sealed class ValueTests
{
    private const int Bad = 79;

    // As many as in the thread, in the long run.
    private static readonly int Orders = ProofSize.IsLong ? 1_600_000 : 16_000;

    private const string Scene = """
        INSERT INTO address SELECT 1, 'a', NULL, NULL, 'b', 'c', 'd', 'e', now(), now();
        INSERT INTO counterparty VALUES (1, 'x', 1, NULL, NULL, now(), now());
        INSERT INTO department VALUES (1, 'x', NULL, NULL, now(), now());
        INSERT INTO staff VALUES (1, 'a', 'b', 1, 'c', now(), now());
        INSERT INTO currency VALUES (1, 'GBP', now(), now());
        INSERT INTO design VALUES (1, now(), 'x', 'y', 'z', now());
        """;

    /// <summary>
    /// datazip-inc/olake issue 1175: an UPDATE that leaves a large, out-of-line column alone does not put it in the log; the destination gets a
    /// placeholder in its place.
    /// </summary>
    [Fact]
    public async Task A_large_value_that_an_update_did_not_touch_stays_what_it_was()
    {
        await using var pipeline = await CreateAsync();
        await pipeline.Database.ExecuteAsync(
            "ALTER TABLE design ALTER file_name SET STORAGE EXTERNAL; UPDATE design SET file_name = (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 3000) AS i)");
        await pipeline.RunAsync();

        await pipeline.Database.ExecuteAsync("UPDATE design SET file_location = 'elsewhere'");
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(96_000, await pipeline.Warehouse.ScalarAsync<int>("SELECT length(file_name) FROM warehouse.dim_design"));
    }

    /// <summary>
    /// datazip-inc/olake issue 1189 (its fix is pull request 1195) and apache/iceberg issue 2610: a row that is inserted and updated within one
    /// sync, or only updated, is there twice.
    /// </summary>
    [Fact]
    public async Task A_row_that_is_inserted_and_updated_within_one_run_or_updated_later_is_there_once()
    {
        await using var pipeline = await CreateAsync();
        await pipeline.RunAsync();
        await pipeline.Database.ExecuteAsync("INSERT INTO design VALUES (2, now(), 'two', 'y', 'z', now())");
        await pipeline.Database.ExecuteAsync("UPDATE design SET design_name = 'two, updated' WHERE design_id = 2");
        await pipeline.RunAsync();
        await pipeline.Database.ExecuteAsync("UPDATE design SET design_name = 'two, again' WHERE design_id = 2");
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(["two, again"], await pipeline.Warehouse.RowsAsync("SELECT design_name FROM warehouse.dim_design WHERE design_id = 2"));
    }

    /// <summary>
    /// airbytehq/airbyte issues 19990 and 27124: invalid records are ignored, or take the whole file that they are in with them, and the sync
    /// reports success.
    /// </summary>
    [Fact]
    public async Task Exactly_the_bad_rows_are_missing_and_named_and_are_there_once_they_are_mended()
    {
        await using var pipeline = await CreateAsync();
        await pipeline.Database.ExecuteAsync($"""
            INSERT INTO sales_order SELECT i, now(), now(), 1, 1, 1, i, 3.10, 1, CASE WHEN i % {Orders / Bad} = 7 AND i < {Orders / Bad * Bad} THEN 'soon' ELSE '2024-07-01' END, '2024-07-01', 1
            FROM generate_series(1, {Orders}) AS i
            """);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
        Assert.Equal(Bad, await pipeline.Warehouse.ScalarAsync<long>("SELECT count(*) FROM warehouse.etl_rejected"));
        Assert.Equal(Orders - Bad, await pipeline.Warehouse.ScalarAsync<long>("SELECT count(*) FROM warehouse.sales_order_current"));
        Assert.Equal(Bad, await pipeline.Warehouse.ScalarAsync<long>("SELECT sum(rejected)::bigint FROM warehouse.etl_load WHERE target = 'fact_sales_order'"));

        await pipeline.Database.ExecuteAsync("UPDATE sales_order SET agreed_delivery_date = '2024-07-02' WHERE agreed_delivery_date = 'soon'");
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(0, await pipeline.Warehouse.ScalarAsync<long>("SELECT count(*) FROM warehouse.etl_rejected"));
        Assert.Equal(Orders, await pipeline.Warehouse.ScalarAsync<long>("SELECT count(*) FROM warehouse.sales_order_current"));
    }

    /// <summary>
    /// airbytehq/airbyte issue 38470: values of a numeric column arrive as NULL. Issue 8902: so do NaN and the infinities. Here every digit
    /// arrives, and what a target can't hold is refused by name.
    /// </summary>
    [Fact]
    public async Task Numbers_arrive_with_every_digit_and_what_is_no_amount_is_rejected_not_null()
    {
        await using var pipeline = await CreateAsync();
        await pipeline.Database.ExecuteAsync("""
            CREATE TABLE reading (reading_id integer PRIMARY KEY, value numeric, small numeric(5,3), approximate double precision);
            INSERT INTO reading VALUES (1, 'NaN', 1.500, 'NaN'), (2, 123456789012345678901234567890.1234567890, 0.001, 'Infinity'), (3, NULL, NULL, NULL), (4, 0.10, 99.999, 0.1);
            ALTER TABLE sales_order ALTER unit_price TYPE numeric;
            INSERT INTO sales_order SELECT i, now(), now(), 1, 1, 1, i, CASE i WHEN 1 THEN 'NaN' ELSE 3.10 END, 1, '2024-07-01', '2024-07-01', 1 FROM generate_series(1, 2) AS i
            """);
        pipeline.Options = pipeline.Options with { Tables = TableList.Parse($"{TableList.Default}, reading") };
        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
        Assert.Equal(
            await pipeline.Database.RowsAsync("SELECT reading_id, value, small, approximate FROM reading ORDER BY 1"),
            await pipeline.Warehouse.RowsAsync("SELECT reading_id, value, small, approximate FROM warehouse.stg_reading ORDER BY 1"));
        Assert.Equal(["{1}"], await pipeline.Warehouse.RowsAsync("SELECT key FROM warehouse.etl_rejected WHERE target = 'fact_sales_order'"));
    }

    private static async Task<TestPipeline> CreateAsync()
    {
        var pipeline = await TestPipeline.CreateAsync();
        await pipeline.Database.ExecuteAsync(Scene);
        return pipeline;
    }
}
