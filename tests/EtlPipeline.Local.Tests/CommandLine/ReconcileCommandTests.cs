namespace EtlPipeline.Local.Tests.CommandLine;

public sealed class ReconcileCommandTests
{
    private const string AllIsWell = "The warehouse is as the source was";

    [Fact]
    public async Task A_right_warehouse_ends_with_exit_code_0()
    {
        await using var scene = await ReconciledScene.CreateAsync();

        var call = await scene.CallAsync("reconcile");

        AssertIsWell(call);
    }

    [Theory]
    [InlineData("UPDATE dim_staff SET email_address = 'x' WHERE staff_id = 2", "dim_staff, differing: 2 (email_address)")]
    [InlineData(
        "UPDATE dim_location SET district = 'x', phone = 'x' WHERE location_id = 3",
        "dim_location, differing: 3 (district, phone)")]
    [InlineData("UPDATE dim_currency SET currency_name = 'x' WHERE currency_id = 1", "dim_currency, differing: 1 (currency_name)")]
    [InlineData(
        "UPDATE dim_counterparty SET counterparty_legal_city = 'x' WHERE counterparty_id = 1",
        "dim_counterparty, differing: 1 (counterparty_legal_city)")]
    [InlineData(
        "UPDATE fact_sales_order SET unit_price = unit_price + 0.01 WHERE sales_order_id = 5",
        "fact_sales_order, differing: 5 (unit_price)")]
    [InlineData(
        "UPDATE fact_payment SET created_time = created_time + interval '1 ms' WHERE payment_id = 4",
        "fact_payment, differing: 4 (created_time)")]
    [InlineData("UPDATE dim_date SET day_name = 'x' WHERE date_id = '2024-01-03'", "dim_date, differing: 20240103")]
    [InlineData("DELETE FROM fact_purchase_order WHERE purchase_order_id = 3", "fact_purchase_order, missing: 3")]
    [InlineData("UPDATE fact_payment SET is_deleted = true WHERE payment_id = 7", "fact_payment, missing: 7")]
    [InlineData("UPDATE fact_payment SET payment_id = 900000 WHERE payment_id = 1", "fact_payment, surplus: 900000")]
    public async Task A_row_that_somebody_altered_is_found_with_its_key(string alteration, string found)
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Warehouse.ExecuteAsync(alteration);

        var call = await scene.CallAsync("reconcile");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains(found, call.Output.Split('\n'));
        Assert.Contains("not as the source has", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_counted_and_as_many_are_shown_as_were_asked_for()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Warehouse.ExecuteAsync("DELETE FROM fact_payment WHERE payment_id <= 15");

        var call = await scene.CallAsync("reconcile", "--keys", "2");

        Assert.Contains("fact_payment, missing: 1, 2 and 13 more", call.Output.Split('\n'));
        Assert.Contains("15 rows of the warehouse are not", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_keys_below_zero_is_no_number_of_keys()
    {
        var call = await LocalCall.RunAsync(Path.GetTempPath(), "reconcile", "--keys", "-1");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("--keys is a number", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = 5")]
    [InlineData("UPDATE department SET department_name = 'x'")]
    [InlineData("INSERT INTO currency (currency_code, last_updated) VALUES ('JPY', '2000-01-01')")]
    [InlineData("DELETE FROM payment WHERE payment_id IN (3, 4)")]
    public async Task What_changed_in_the_source_since_the_last_extract_is_no_fault(string change)
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Totesys.ExecuteAsync(change);

        AssertIsWell(await scene.CallAsync("reconcile"));

        Assert.Equal(0, (await scene.CallAsync("run")).ExitCode);
        AssertIsWell(await scene.CallAsync("reconcile"));
    }

    [Fact]
    public async Task A_fault_is_told_from_a_change_that_is_pending()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Totesys.ExecuteAsync("UPDATE design SET file_name = 'new' WHERE design_id = 2; DELETE FROM payment WHERE payment_id = 3");
        await scene.Warehouse.ExecuteAsync("""
            UPDATE dim_design SET file_name = 'wrong' WHERE design_id = 1;
            INSERT INTO fact_payment SELECT 900001, 900000, created_date, created_time, last_updated_date, last_updated_time, transaction_id,
                counterparty_id, payment_amount, currency_id, payment_type_id, paid, payment_date FROM fact_payment WHERE payment_id = 1
            """);

        var call = await scene.CallAsync("reconcile");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("dim_design, differing: 1 (file_name)", call.Output.Split('\n'));
        Assert.Contains("fact_payment, surplus: 900000", call.Output.Split('\n'));
        Assert.Contains("2 rows of the warehouse are not", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_whose_row_was_deleted_in_the_source_is_kept_and_no_fault()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Totesys.ExecuteAsync("""
            DELETE FROM payment WHERE payment_id = 3;
            DELETE FROM transaction WHERE transaction_id = 3
            """);
        Assert.Equal(0, (await scene.CallAsync("run")).ExitCode);

        var call = await scene.CallAsync("reconcile");

        AssertIsWell(call);
        Assert.Matches(@"(?m)^\s*dim_transaction .* 1\s*$", call.Output);
    }

    [Fact]
    public async Task A_row_that_had_to_be_rejected_is_missing()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Totesys.ExecuteAsync("INSERT INTO currency (currency_id, currency_code, last_updated) VALUES (77, 'ZZZ', now())");
        await scene.CallAsync("run");

        var call = await scene.CallAsync("reconcile");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("dim_currency, missing: 77", call.Output.Split('\n'));
    }

    [Fact]
    public async Task Where_the_loaded_version_is_gone_every_difference_counts()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        scene.DeleteVersions("design");
        await scene.Totesys.ExecuteAsync("UPDATE design SET file_name = 'new' WHERE design_id = 2");

        var call = await scene.CallAsync("reconcile");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("dim_design, differing: 2 (file_name)", call.Output.Split('\n'));
        Assert.Contains("gone from the ingestion bucket", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_that_was_never_loaded_is_an_error()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        await scene.Warehouse.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public");

        var call = await scene.CallAsync("reconcile");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("Nothing was loaded", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_data_is_nothing_to_compare_with()
    {
        await using var scene = await ReconciledScene.CreateAsync();
        scene.Variables["IS_OLTP_OK"] = "False";

        var call = await scene.CallAsync("reconcile");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("IS_OLTP_OK is False", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_says_what_counts_and_what_does_not()
    {
        var call = await LocalProcess.RunAsync(Path.GetTempPath(), "reconcile", "--help");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("What does not count:", call.Output, StringComparison.Ordinal);
    }

    private static void AssertIsWell(LocalCall call)
    {
        Assert.Equal("", call.Error);
        Assert.Equal(0, call.ExitCode);
        Assert.Contains(AllIsWell, call.Output, StringComparison.Ordinal);
    }
}
