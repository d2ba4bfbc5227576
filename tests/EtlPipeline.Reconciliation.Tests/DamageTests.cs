namespace EtlPipeline.Reconciliation.Tests;

/// <summary>Every way in which a warehouse can be wrong.</summary>
public sealed class DamageTests
{
    private const string DropForeignKeys = """
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'fact_sales_order'::regclass AND contype = 'f' LOOP
                EXECUTE format('ALTER TABLE fact_sales_order DROP CONSTRAINT %I', name);
            END LOOP;
        END $$;
        """;

    [Fact]
    public async Task A_warehouse_that_was_just_loaded_is_equal_but_for_its_rejected_rows()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();

        var report = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });

        Assert.Empty(ReconcileScene.Lines(target => target.Unconfirmed, report));
        Assert.Equal(ReconciliationOutcome.Equal, report.Outcome);
        var orders = report.Targets.Single(target => target.Target.Value == "fact_sales_order");
        Assert.Equal((5, 4, 1), (orders.SourceRows, orders.WarehouseRows, orders.Rejected));
        Assert.Equal(
            ["dim_counterparty", "dim_currency", "dim_date", "dim_design", "dim_location", "dim_staff", "fact_sales_order"],
            report.Targets.Select(target => target.Target.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_kind_of_damage_to_a_fact_is_a_fault_after_the_next_run()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.WarehouseDatabase.ExecuteAsync("""
            DO $$ BEGIN EXECUTE (SELECT string_agg(format('DROP INDEX %s', indexrelid::regclass), ';') FROM pg_index WHERE indrelid = 'fact_sales_order'::regclass AND indisunique AND NOT indisprimary); END $$;
            INSERT INTO fact_sales_order SELECT (jsonb_populate_record(fact_sales_order, '{"sales_record_id": 1001, "sales_order_id": 99}')).* FROM fact_sales_order WHERE sales_order_id = 1;
            INSERT INTO fact_sales_order SELECT (jsonb_populate_record(fact_sales_order, '{"sales_record_id": 1002}')).* FROM fact_sales_order WHERE sales_order_id = 1;
            DELETE FROM fact_sales_order WHERE sales_order_id = 2;
            UPDATE fact_sales_order SET valid_to = valid_from WHERE sales_order_id = 3;
            UPDATE fact_sales_order SET units_sold = 41, unit_price = 4 WHERE sales_order_id = 4;
            """);

        var report = await scene.ReconcileAsync();

        Assert.Equal(
            [
                "fact_sales_order Missing 2",
                "fact_sales_order WronglyEnded 3",
                "fact_sales_order Surplus 99",
                "fact_sales_order Differing 4 units_sold,unit_price",
                "fact_sales_order TwoCurrent 1",
            ],
            ReconcileScene.Lines(target => target.Faults, report));
        Assert.Equal(ReconciliationOutcome.Faulty, report.Outcome);
        Assert.Equal(["sales_order"], report.TablesToRead.Select(table => table.Value));
    }

    [Fact]
    public async Task Reading_the_affected_tables_anew_mends_what_is_wrong()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.WarehouseDatabase.ExecuteAsync("UPDATE fact_sales_order SET units_sold = 41; DELETE FROM dim_staff_history WHERE staff_id = 2; UPDATE dim_staff SET location = 'Leeds'");
        var report = await scene.ReconcileAsync();
        Assert.Equal(ReconciliationOutcome.Faulty, report.Outcome);

        await scene.RunAsync(EtlPipeline.Core.Hosting.ExtractRequest.Scheduled with { Read = report.TablesToRead });

        var again = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });
        Assert.Empty(ReconcileScene.Lines(target => target.Unconfirmed, again));
        Assert.Equal(ReconciliationOutcome.Equal, again.Outcome);
    }

    [Fact]
    public async Task A_dimension_is_compared_with_its_history_and_members_that_are_gone_are_kept()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.SourceDatabase.ExecuteAsync("DELETE FROM staff WHERE staff_id = 3");
        await scene.RunAsync();
        await scene.WarehouseDatabase.ExecuteAsync(DropForeignKeys + """
            UPDATE dim_staff SET last_name = 'Other' WHERE staff_id = 2;
            UPDATE dim_staff_history SET location = 'Leeds' WHERE staff_id = 2;
            UPDATE dim_staff_history SET valid_to = NULL WHERE staff_id = 3;
            DELETE FROM dim_design;
            """);

        var report = await scene.ReconcileAsync();

        Assert.Equal(
            ["dim_design Missing 1", "dim_staff Differing 2 last_name", "dim_staff_history Surplus 3", "dim_staff_history Differing 2 location"],
            ReconcileScene.Lines(target => target.Faults, report));
        Assert.Equal(1, report.Targets.Single(target => target.Target.Value == "dim_staff").Kept);
    }

    [Fact]
    public async Task A_rejected_row_has_to_be_listed_and_no_other()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.WarehouseDatabase.ExecuteAsync("UPDATE etl_rejected SET key = '{4}'; INSERT INTO etl_rejected SELECT target, '{77}', version, since, reason FROM etl_rejected");

        var report = await scene.ReconcileAsync();

        Assert.Equal(["etl_rejected NotListed 5", "etl_rejected WronglyListed 4", "etl_rejected WronglyListed 77"], ReconcileScene.Lines(target => target.Faults, report));
    }

    [Fact]
    public async Task A_calendar_with_a_gap_a_wrong_value_or_without_a_day_that_facts_need_is_wrong()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.WarehouseDatabase.ExecuteAsync(DropForeignKeys + """
            UPDATE dim_date SET day_name = 'Someday', iso_week = 99 WHERE date_id = '2024-02-01';
            DELETE FROM dim_date WHERE date_id IN ('2024-05-05', '2024-12-31');
            UPDATE fact_sales_order SET agreed_delivery_date = '2024-12-31' WHERE sales_order_id = 1;
            """);
        await scene.SourceDatabase.ExecuteAsync("UPDATE sales_order SET agreed_delivery_date = '2024-12-31' WHERE sales_order_id = 1");

        var report = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });

        Assert.Equal(
            ["dim_date Missing 2024-05-05", "dim_date Missing 2024-12-31", "dim_date Differing 2024-02-01 day_name,iso_week"],
            ReconcileScene.Lines(target => target.Unconfirmed, report));
    }

    [Fact]
    public async Task A_forgotten_transaction_hides_no_damage()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await using var forgotten = await scene.SourceDatabase.OpenAsync();
        await using var begin = new Npgsql.NpgsqlCommand("BEGIN; INSERT INTO design VALUES (9, '2024-03-01', 'x', 'x', 'x', '2024-03-01')", forgotten);
        await begin.ExecuteNonQueryAsync(ReconcileScene.Token);
        await scene.SourceDatabase.ExecuteAsync("UPDATE sales_order SET units_sold = 7 WHERE sales_order_id = 1");
        await scene.RunAsync();
        await scene.WarehouseDatabase.ExecuteAsync("UPDATE fact_sales_order SET units_sold = 10 WHERE sales_order_id = 1 AND valid_to IS NULL; DELETE FROM fact_sales_order WHERE sales_order_id = 2");

        var report = await scene.ReconcileAsync();

        Assert.Equal(["fact_sales_order Missing 2", "fact_sales_order Differing 1 units_sold"], ReconcileScene.Lines(target => target.Faults, report));
    }

    [Fact]
    public async Task More_damage_than_is_kept_in_memory_is_counted_all_the_same()
    {
        await using var scene = await ReconcileScene.LoadAsync("CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item SELECT n, 'x' FROM generate_series(1, 40) AS n", "item");
        await scene.WarehouseDatabase.ExecuteAsync("UPDATE stg_item SET name = 'y' WHERE id <= 25");

        var report = await scene.ReconcileAsync(new ReconcileOptions { KeysKept = 10, KeysShown = 2, Run = _ => scene.RunAsync() });

        var items = report.Targets.Single(target => target.Target.Value == "stg_item");
        Assert.Equal((TargetOutcome.Faulty, 10, 15), (items.Outcome, items.Faults.Count, items.Unconfirmed.Count));
        Assert.Equal(2, items.Faults.Kinds.Single().First.Count);
    }
}
