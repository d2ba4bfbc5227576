using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Migrations;
using EtlPipeline.Load.Warehouse;
using EtlPipeline.Testing;

namespace EtlPipeline.Load.Tests.Migrations;

public class MigratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_views_and_ledger_are_made_where_they_are_missing()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.SweepAsync();

        Assert.Equal(
            "(dim_counterparty) (dim_currency) (dim_date) (dim_design) (dim_location) (dim_payment_type) (dim_staff) (dim_transaction) "
            + "(etl_load) (etl_migration) (fact_payment) (fact_purchase_order) (fact_sales_order) "
            + "(payment_current) (purchase_order_current) (sales_order_current)",
            await load.RowsAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name COLLATE \"C\""));
    }

    [Fact]
    public async Task A_second_run_has_nothing_to_make()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.SweepAsync();
        await load.SweepAsync();

        Assert.Equal(Migration.All.Count, load.Log.Entries.Count(entry => entry.EventName == "MigrationApplied"));
    }

    [Fact]
    public async Task A_warehouse_of_an_older_state_is_brought_up_to_date()
    {
        await using var load = await LoadScenario.CreateAsync();
        await using (var database = new PostgreSqlDatabase(load.Database.Settings, new SessionOptions()))
        await using (var session = new WarehouseSession(database))
            await new Migrator(session, TimeProvider.System, load.Log.Logger).MigrateAsync([.. Migration.All.Take(2)], Cancellation);

        await load.SweepAsync();
        Assert.Equal("(1) (2) (3) (4)", await load.RowsAsync("SELECT number FROM etl_migration ORDER BY 1"));
    }

    [Fact]
    public async Task Loads_that_find_an_empty_database_at_once_make_it_once()
    {
        await using var load = await LoadScenario.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => load.AnotherStage().RunAsync(new Core.Hosting.StageEvent.Sweep(), "request", Cancellation)));

        Assert.Equal("(4)", await load.RowsAsync("SELECT count(*) FROM etl_migration"));
    }

    [Fact]
    public async Task Tables_that_were_there_before_are_used_as_they_are()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("""
            CREATE TABLE dim_currency (currency_id integer PRIMARY KEY, currency_code char(3) NOT NULL, currency_name text NOT NULL, note text);
            CREATE TABLE fact_payment (something integer);
            CREATE TABLE fact_sales_order (sales_record_id bigserial PRIMARY KEY, sales_order_id integer NOT NULL)
            """);
        await load.PutAsync("dim_currency", 1, "SELECT 5 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.PutAsync("fact_sales_order", 1, "SELECT 1 AS sales_order_id, false AS is_deleted");
        var message = await load.FailingSweepAsync();

        Assert.Contains("table 'fact_payment', column 'payment_id': it is in the file and not in the table", message, StringComparison.Ordinal);
        Assert.Equal("(5,GBP,Pound,)", await load.RowsAsync("SELECT * FROM dim_currency"));
        Assert.Equal("(1,1)", await load.RowsAsync("SELECT * FROM sales_order_current"));
    }

    [Theory]
    [InlineData("Ware\"house")]
    [InlineData("UPPER case; DROP SCHEMA public CASCADE; --")]
    [InlineData("東京")]
    [InlineData("a, pg_catalog")]
    public async Task A_schema_of_any_name_is_made_and_used(string schema)
    {
        await using var load = await LoadScenario.CreateAsync(schema);
        await load.Database.ExecuteAsync("CREATE TABLE public.dim_currency (id text); CREATE TABLE public.staging (id text)");
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.SweepAsync();

        var quoted = $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Assert.Equal("(1)", await load.RowsAsync($"SELECT payment_id FROM {quoted}.payment_current"));
        Assert.Equal("(5)", await load.RowsAsync($"SELECT currency_id FROM {quoted}.dim_currency"));
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_table_that_is_named_like_the_staging_table_is_left_alone()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE staging (id text); INSERT INTO staging VALUES ('mine')");
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.SweepAsync();

        Assert.Equal("(mine)", await load.RowsAsync("SELECT * FROM staging"));
    }

    [Fact]
    public async Task A_schema_that_is_none_of_its_own_is_refused()
    {
        await using var load = await LoadScenario.CreateAsync("$user");
        await load.Database.ExecuteAsync("CREATE SCHEMA \"$user\"; CREATE SCHEMA postgres");

        Assert.Contains("has no schema '$user'", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }
}
