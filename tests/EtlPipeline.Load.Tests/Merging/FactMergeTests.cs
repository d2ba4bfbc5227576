namespace EtlPipeline.Load.Tests.Merging;

public class FactMergeTests
{
    private const string History = "SELECT payment_record_id, payment_id, payment_amount, is_deleted FROM fact_payment ORDER BY 1";
    private const string Current = "SELECT payment_id, payment_amount FROM payment_current ORDER BY 1";

    [Fact]
    public async Task A_row_that_differs_from_the_newest_record_is_appended_and_one_that_does_not_is_no_record()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1.10m), new Payment(2, 2.20m)));
        await load.SweepAsync();
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 1.10m), new Payment(2, 9.99m)));
        var summary = await load.SweepAsync();

        Assert.Equal("(1,1,1.10,f) (2,2,2.20,f) (3,2,9.99,f)", await load.RowsAsync(History));
        Assert.Equal("(1,1.10) (2,9.99)", await load.RowsAsync(Current));
        Assert.Equal((2, 1), (summary.Versions.Single().Rows, summary.Versions.Single().Written));
    }

    [Fact]
    public async Task A_row_that_returns_to_an_earlier_state_is_a_new_record()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1)));
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 2)));
        await load.PutAsync("fact_payment", 3, Payment.Rows(new Payment(1, 1)));
        await load.SweepAsync();

        Assert.Equal("(1,1,1.00,f) (2,1,2.00,f) (3,1,1.00,f)", await load.RowsAsync(History));
    }

    [Fact]
    public async Task Of_two_rows_with_one_key_in_a_version_the_last_wins()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 3), new Payment(2), new Payment(1, 1), new Payment(1, 2)));
        await load.SweepAsync();

        Assert.Equal("(1,1.00) (1,2.00)", (await load.RowsAsync("SELECT 1, payment_amount FROM fact_payment ORDER BY 2")));
        Assert.Equal("(1,2.00) (2,1.00)", await load.RowsAsync(Current));
    }

    [Fact]
    public async Task A_deleted_fact_gets_a_record_and_leaves_the_current_view_until_it_reappears()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1), new Payment(2)));
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1) { IsDeleted = true }));
        await load.SweepAsync();
        Assert.Equal("(2,1.00)", await load.RowsAsync(Current));
        Assert.Equal("(1,1)", await load.RowsAsync("SELECT written, deleted FROM etl_load WHERE deleted > 0"));

        await load.PutAsync("fact_payment", 3, Payment.Rows(new Payment(1)));
        await load.SweepAsync();
        Assert.Equal("(1,1.00) (2,1.00)", await load.RowsAsync(Current));
        Assert.Equal("(f) (t) (f)", await load.RowsAsync("SELECT is_deleted FROM fact_payment WHERE payment_id = 1 ORDER BY payment_record_id"));
    }

    [Fact]
    public async Task A_fact_that_is_not_in_a_complete_version_is_recorded_as_deleted_once()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1, 1.5m), new Payment(2, 2), new Payment(3, 3)));
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1, 2.5m)));
        await load.PutCompleteAsync("fact_payment", 3, Payment.Rows(new Payment(3, 3)));
        await load.PutCompleteAsync("fact_payment", 4, Payment.Rows(new Payment(3, 3)));
        await load.SweepAsync();

        Assert.Equal("(3,3.00)", await load.RowsAsync(Current));
        Assert.Equal(
            "(1,2.50) (2,2.00)",
            await load.RowsAsync("SELECT payment_id, payment_amount FROM fact_payment WHERE is_deleted ORDER BY 1"));
        Assert.Equal("(6)", await load.RowsAsync("SELECT count(*) FROM fact_payment"));
    }

    [Fact]
    public async Task A_complete_version_without_rows_deletes_every_fact()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1), new Payment(2)));
        await load.PutCompleteAsync("fact_payment", 2, Payment.NoRows);
        await load.SweepAsync();

        Assert.Equal("", await load.RowsAsync(Current));
    }

    [Fact]
    public async Task A_fact_is_kept_that_is_missing_in_a_whole_version_of_which_rows_were_rejected()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1), new Payment(2)));
        await load.PutAsync(
            "fact_payment", 2, Payment.Rows(new Payment(1)), metadata => metadata with { IsWhole = true, Rejected = 1 });
        await load.SweepAsync();

        Assert.Equal("(1,1.00) (2,1.00)", await load.RowsAsync(Current));
        Assert.Equal("(1)", await load.RowsAsync("SELECT rejected FROM etl_load WHERE rejected > 0"));
    }

    [Fact]
    public async Task Three_pending_versions_give_the_same_history_as_three_loads()
    {
        await using var atOnce = await LoadScenario.CreateAsync();
        await using var oneByOne = await LoadScenario.CreateAsync();
        string[] versions =
        [
            Payment.Rows(new Payment(1, 1), new Payment(2, 2)),
            Payment.Rows(new Payment(2, 5), new Payment(3, 3), new Payment(1) { IsDeleted = true }),
            Payment.Rows(new Payment(2, 2), new Payment(1, 1), new Payment(4) { Paid = true }),
        ];
        for (var version = 0; version < versions.Length; version++)
        {
            await atOnce.PutAsync("fact_payment", version, versions[version]);
            await oneByOne.PutAsync("fact_payment", version, versions[version]);
            await oneByOne.SweepAsync();
        }

        await atOnce.SweepAsync();
        const string all = "SELECT * FROM fact_payment ORDER BY payment_record_id";
        Assert.Equal(await oneByOne.RowsAsync(all), await atOnce.RowsAsync(all));
        Assert.Equal("(8)", await atOnce.RowsAsync("SELECT count(*) FROM fact_payment"));
    }

    [Fact]
    public async Task A_table_without_is_deleted_is_used_as_it_is_and_deletes_are_a_warning()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.SweepAsync();
        await load.Database.ExecuteAsync("DROP VIEW payment_current; ALTER TABLE fact_payment DROP COLUMN is_deleted");
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1), new Payment(2), new Payment(3)));
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(1) { IsDeleted = true }, new Payment(2, 7)));
        await load.PutCompleteAsync("fact_payment", 3, Payment.Rows(new Payment(2, 7)));
        await load.SweepAsync();

        Assert.Equal(
            "(1,1.00) (2,1.00) (3,1.00) (2,7.00)",
            await load.RowsAsync("SELECT payment_id, payment_amount FROM fact_payment ORDER BY payment_record_id"));
        Assert.Contains("has 1 deletes that 'fact_payment' can't show", load.Log.Text, StringComparison.Ordinal);
        Assert.Contains("has 2 deletes that 'fact_payment' can't show", load.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_record_is_found_by_an_index()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.SweepAsync();

        Assert.Equal(
            "(fact_payment_newest) (fact_purchase_order_newest) (fact_sales_order_newest)",
            await load.RowsAsync("SELECT indexname FROM pg_indexes WHERE indexname LIKE '%_newest' ORDER BY 1"));
        Assert.Contains(
            "Index Cond: (payment_id = 5)",
            string.Join('\n', await PlanAsync(load, "SET enable_seqscan = off; EXPLAIN SELECT * FROM payment_current WHERE payment_id = 5")),
            StringComparison.Ordinal);
    }

    private static async Task<List<string>> PlanAsync(LoadScenario load, string sql)
    {
        await using var connection = await load.Database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(0));
        return lines;
    }
}
