namespace EtlPipeline.Load.Tests.Merging;

public class DimensionMergeTests
{
    private const string Members = "SELECT currency_id, currency_code, currency_name FROM dim_currency ORDER BY 1";

    [Fact]
    public async Task Members_are_inserted_and_updated_by_key_only_where_something_differs()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("dim_currency", 1, "SELECT * FROM (VALUES (1, 'GBP', 'Pound'), (2, 'USD', 'Dollar')) AS t (currency_id, currency_code, currency_name)");
        await load.SweepAsync();
        var before = await load.RowsAsync("SELECT xmin, ctid FROM dim_currency WHERE currency_id = 1");
        await load.PutAsync("dim_currency", 2, "SELECT * FROM (VALUES (1, 'GBP', 'Pound'), (2, 'USD', 'US Dollar'), (3, 'EUR', 'Euro')) AS t (currency_id, currency_code, currency_name)");
        var summary = await load.SweepAsync();

        Assert.Equal("(1,GBP,Pound) (2,USD,\"US Dollar\") (3,EUR,Euro)", await load.RowsAsync(Members));
        Assert.Equal(2, summary.Versions.Single().Written);
        Assert.Equal(before, await load.RowsAsync("SELECT xmin, ctid FROM dim_currency WHERE currency_id = 1"));
    }

    [Fact]
    public async Task Of_two_rows_with_one_key_in_a_version_the_last_wins()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("dim_currency", 1, "SELECT * FROM (VALUES (1, 'b', 'b'), (1, 'a', 'a')) AS t (currency_id, currency_code, currency_name)");
        await load.SweepAsync();

        Assert.Equal("(1,a,a)", await load.RowsAsync(Members));
    }

    [Fact]
    public async Task A_null_becomes_a_value_and_a_value_becomes_a_null()
    {
        await using var load = await LoadScenario.CreateAsync();
        const string columns = "SELECT transaction_id, sales_order_id, purchase_order_id FROM dim_transaction";
        await load.PutAsync("dim_transaction", 1, "SELECT 1 AS transaction_id, 'SALE' AS transaction_type, NULL::INTEGER AS sales_order_id, 4 AS purchase_order_id");
        await load.SweepAsync();
        Assert.Equal("(1,,4)", await load.RowsAsync(columns));

        await load.PutAsync("dim_transaction", 2, "SELECT 1 AS transaction_id, 'SALE' AS transaction_type, 7 AS sales_order_id, NULL::INTEGER AS purchase_order_id");
        await load.SweepAsync();
        Assert.Equal("(1,7,)", await load.RowsAsync(columns));
    }

    [Fact]
    public async Task A_member_that_is_not_in_a_complete_version_stays()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("dim_currency", 1, "SELECT 1 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        await load.PutCompleteAsync("dim_currency", 2, "SELECT 2 AS currency_id, 'USD' AS currency_code, 'Dollar' AS currency_name");
        await load.SweepAsync();

        Assert.Equal("(1,GBP,Pound) (2,USD,Dollar)", await load.RowsAsync(Members));
    }

    [Fact]
    public async Task A_dimension_whose_key_is_not_unique_is_an_error_that_names_it()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE dim_shop (shop_id integer, name text)");
        await load.PutAsync("dim_shop", 1, "SELECT 1 AS shop_id, 'x' AS name");

        Assert.Contains("table 'dim_shop', column 'shop_id': it is the key, and needs a primary key", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_was_put_into_the_warehouse_by_hand_is_loaded_like_the_others()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("""
            CREATE TABLE dim_shop (shop_id integer PRIMARY KEY, name varchar(4) NOT NULL, floor smallint NOT NULL, is_open boolean NOT NULL);
            CREATE TABLE fact_visit (visit_record_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, visit_id integer, shop_id integer REFERENCES dim_shop)
            """);
        await load.PutAsync("fact_visit", 1, "SELECT 1 AS visit_id, 9 AS shop_id UNION ALL SELECT 2, NULL");
        await load.SweepAsync();
        Assert.Equal("(9,unkn,0,f)", await load.RowsAsync("SELECT * FROM dim_shop"));

        await load.PutAsync("dim_shop", 1, "SELECT 9 AS shop_id, 'Mine' AS name, 3 AS floor, true AS is_open");
        await load.SweepAsync();
        Assert.Equal("(9,Mine,3,t)", await load.RowsAsync("SELECT * FROM dim_shop"));
        Assert.Equal("(1,1,9) (2,2,)", await load.RowsAsync("SELECT * FROM fact_visit"));
    }
}
