using System.Xml.Linq;
using EtlPipeline.Report.Charts;

namespace EtlPipeline.Report.Tests;

public sealed class WarehouseReportTests
{
    [Fact]
    public async Task Sales_are_summed_by_currency_and_month_over_the_orders_as_they_are_now()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1, units: 100) + ReportRows.Sale(1, units: 10, updated: "2024-11-06 10:00")
            + ReportRows.Sale(2, units: 7, price: "0.07") + ReportRows.Sale(3, created: "2025-01-02", units: 3, price: "2.20")
            + ReportRows.Sale(4, currency: 2) + ReportRows.Sale(5) + ReportRows.Sale(5, isDeleted: true));

        var sales = (await scene.ReadAsync()).Section("sales");

        Assert.Equal(["Nov 2024, sales: 15.49 GBP", "Dec 2024, sales: 0 GBP", "Jan 2025, sales: 6.60 GBP"], sales.Figure("GBP").Hints());
        Assert.Equal(["Nov 2024, sales: 15 USD", "Dec 2024, sales: 0 USD", "Jan 2025, sales: 0 USD"], sales.Figure("USD").Hints());
        var sum = await scene.Database.ScalarAsync<decimal>("SELECT sum(units_sold * unit_price) FROM sales_order_current WHERE currency_id = 1");
        Assert.Contains($"{Amount.Money(sum, "GBP")} in 3 orders", sales.Figure("GBP").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Designs_staff_and_counterparties_stand_in_the_order_of_the_units_sold()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1, units: 10, staff: 1, design: 1) + ReportRows.Sale(2, units: 11, staff: 2, design: 2)
            + ReportRows.Sale(3, units: 2, staff: 2, design: 2, currency: 2));

        var top = (await scene.ReadAsync()).Section("top");

        Assert.Equal(["Steel|1|11|16.50 GBP", "Steel|1|2|3.00 USD", "Wooden|1|10|15.00 GBP"], top.Rows("Designs"));
        Assert.Equal(["Bo Bell|1|11|16.50 GBP", "Bo Bell|1|2|3.00 USD", "Ada Ames|1|10|15.00 GBP"], top.Rows("Staff"));
        Assert.Equal(["Fahey and Sons, GBP: 21 units", "Fahey and Sons, USD: 2 units"], top.Figure("Top counterparties").Hints());
    }

    [Fact]
    public async Task Units_in_currencies_beyond_the_sixth_are_counted_together()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync("INSERT INTO dim_currency SELECT id, 'C0' || id, 'currency' FROM generate_series(3, 8) AS id");
        foreach (var currency in Enumerable.Range(1, 8)) await scene.ExecuteAsync(ReportRows.Sale(currency, currency: currency));

        var page = await scene.ReadAsync();

        Assert.Equal(6, page.Section("sales").Descendants("svg").Count());
        Assert.Equal("Wooden, other currencies: 20 units", page.Section("top").Figure("Top designs").Hints()[^1]);
    }

    [Fact]
    public async Task Deliveries_are_counted_by_lead_time_and_by_how_far_the_agreed_day_was_moved()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1) + ReportRows.Sale(1, delivery: "2024-11-12") + ReportRows.Sale(1, delivery: "2024-11-30")
            + ReportRows.Sale(2) + ReportRows.Sale(3, delivery: "2024-11-01"));

        var delivery = (await scene.ReadAsync()).Section("delivery");

        Assert.Equal(
            ["before the order, sales orders: 1 orders", "8 to 30 days, sales orders: 2 orders"], delivery.Figure("From order to agreed delivery").Hints());
        Assert.Equal(["later by 8 to 30 days, sales orders: 1 orders"], delivery.Figure("Agreed days that were moved").Hints());
        Assert.Equal(["Nov 2024, sales orders: 3 orders"], delivery.Figure("Deliveries by agreed month").Hints());
    }

    [Fact]
    public async Task A_payment_is_overdue_that_is_not_made_on_the_day_before_the_newest_event()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1, updated: "2024-12-10 10:00") + ReportRows.Payment(1, "2024-12-09", "0.10", isPaid: false)
            + ReportRows.Payment(2, "2024-12-10", "5.00", isPaid: false) + ReportRows.Payment(3, "2024-11-20", "1000.25", isPaid: false)
            + ReportRows.Payment(4, "2024-11-20", "7.00", isPaid: true));

        var payments = (await scene.ReadAsync()).Section("payments");

        Assert.Equal(["sales receipt|2|1,000.35 GBP"], payments.Rows("Overdue in all"));
        Assert.Equal(["Fahey and Sons|sales receipt|2|1,000.35 GBP|20 Nov 2024|20"], payments.Rows("Overdue for longest, by counterparty"));
        Assert.Equal(
            [
                "overdue by 8 to 30 days, sales receipt: 1 payments",
                "overdue by 1 to 7 days, sales receipt: 1 payments",
                "due within 7 days, sales receipt: 1 payments",
            ],
            payments.Figure("Open payments").Hints());
    }

    [Fact]
    public async Task A_change_that_left_last_updated_as_it_was_is_shown_as_silent()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1) + ReportRows.Sale(1, design: 2) + ReportRows.Sale(1, design: 2, units: 11, updated: "2024-11-07 08:30")
            + ReportRows.Sale(1, design: 2, units: 11, updated: "2024-11-07 08:30", isDeleted: true));

        var history = (await scene.ReadAsync()).Section("history");

        Assert.Equal(
            [
                "1|deleted|there|deleted|2024-11-07 08:30:00|last_updated",
                "1|units|10|11|2024-11-07 08:30:00|last_updated",
                "1|design|Wooden|Steel|2024-11-05 10:00:00|silent",
            ],
            history.Rows("The latest changes"));
        Assert.Contains("3 changes, 1 of them silent", history.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pipelines_health_comes_from_the_ledger()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Loaded("fact_payment", "2025-01-01_08-00-00-000000", 1500) + ReportRows.Loaded("fact_payment", "2025-01-01_08-05-00-000000", 7, rejected: 2)
            + ReportRows.Loaded("dim_staff", "2025-01-01_08-05-00-000000", 20));

        var health = (await scene.ReadAsync()).Section("health");

        Assert.Equal(["1 Jan 08:05, new or changed: 7 rows", "1 Jan 08:05, rejected: 2 rows"], health.Figure("The last 2 runs").Hints());
        Assert.Contains("The 1,520 rows of first versions", health.Value, StringComparison.Ordinal);
        Assert.Equal(
            [
                "dim_staff|2025-01-01 08:05:00|10 min ago|1|20|0|0",
                "fact_payment|2025-01-01 08:05:00|10 min ago|2|1,507|2|0",
            ],
            health.Rows("Tables of the warehouse"));
    }

    [Fact]
    public async Task Names_are_never_markup()
    {
        const string Hostile = "</title></svg></style><script>alert('\"&amp;\u0001😀')</script>";
        await using var scene = await ReportScene.WithTablesAsync();
        var quoted = Hostile.Replace("'", "''", StringComparison.Ordinal);
        await scene.ExecuteAsync(
            $"UPDATE dim_design SET design_name = '{quoted}'; UPDATE dim_staff SET first_name = '{quoted}'; UPDATE dim_currency SET currency_code = '{quoted}';"
            + $"UPDATE dim_counterparty SET counterparty_legal_name = '{quoted}'; UPDATE dim_payment_type SET payment_type_name = '{quoted}';"
            + ReportRows.Sale(1) + ReportRows.Sale(1, staff: 2, design: 2) + ReportRows.Payment(1, "2024-11-01", "1.00", isPaid: false));

        var page = await scene.WriteAsync();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</svg></style>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("</style>").Length - 1);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Sale(1));

        var page = await scene.ReadAsync();

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute => attribute.Name == "src" || (attribute.Name == "href" && attribute.Value[0] != '#'));
        Assert.DoesNotContain("url(", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_drawing_says_what_it_shows()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Sale(1) + ReportRows.Loaded("fact_payment", "2025-01-01_08-00-00-000000", 1));

        var drawings = (await scene.ReadAsync()).Descendants("svg").ToList();

        Assert.Equal(7, drawings.Count);
        Assert.All(drawings, drawing => Assert.Equal("img", (string?)drawing.Attribute("role")));
        Assert.All(drawings, drawing => Assert.NotEqual("", drawing.Elements().First(element => element.Name == "title").Value));
    }

    [Fact]
    public async Task A_warehouse_without_tables_gives_a_page_that_says_so()
    {
        await using var scene = await ReportScene.WithoutTablesAsync();

        var page = await scene.ReadAsync();

        Assert.Contains("The warehouse has no tables yet.", page.Value, StringComparison.Ordinal);
        Assert.Empty(page.Descendants("section"));
    }

    [Fact]
    public async Task A_warehouse_without_rows_gives_a_page_that_says_so_in_every_section()
    {
        await using var scene = await ReportScene.WithTablesAsync();

        var sections = (await scene.ReadAsync()).Descendants("section").ToList();

        Assert.Equal(6, sections.Count);
        Assert.All(sections, section => Assert.Contains(section.Elements("p"), IsNothing));
        Assert.Empty(sections.Descendants("svg"));
    }

    [Fact]
    public async Task The_tables_are_those_of_the_warehouses_schema()
    {
        await using var scene = await ReportScene.WithTablesAsync("Ware \"House");
        await scene.ExecuteAsync(ReportRows.Sale(1));

        var page = await scene.ReadAsync();

        Assert.Equal(["Wooden|1|10|15.00 GBP"], page.Section("top").Rows("Designs"));
    }

    [Fact]
    public async Task A_warehouse_that_kept_no_deletes_has_a_history_too()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            "DROP VIEW sales_order_current; ALTER TABLE fact_sales_order DROP COLUMN is_deleted;"
            + "CREATE VIEW sales_order_current AS SELECT DISTINCT ON (sales_order_id) * FROM fact_sales_order ORDER BY sales_order_id, sales_record_id DESC;"
            + WithoutDeletes(ReportRows.Sale(1)) + WithoutDeletes(ReportRows.Sale(1, design: 2)));

        var page = await scene.ReadAsync();

        Assert.Equal(["1|design|Wooden|Steel|2024-11-05 10:00:00|silent"], page.Section("history").Rows("The latest changes"));
    }

    private static string WithoutDeletes(string insert) =>
        insert.Replace(", is_deleted)", ")", StringComparison.Ordinal).Replace(", False)", ")", StringComparison.Ordinal);

    private static bool IsNothing(XElement paragraph) => (string?)paragraph.Attribute("class") == "nothing";
}
