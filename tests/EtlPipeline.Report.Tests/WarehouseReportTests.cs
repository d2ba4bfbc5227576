using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Pages;

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
            + ReportRows.Sale(4, currency: 2) + ReportRows.Sale(5) + ReportRows.Gone(5));

        var sales = (await scene.ReadAsync()).Section("sales");

        Assert.Equal(["Nov 2024, sales: 15.49 GBP", "Dec 2024, sales: 0 GBP", "Jan 2025, sales: 6.60 GBP so far"], sales.Figure("GBP").Hints());
        Assert.Equal(["Nov 2024, sales: 15 USD", "Dec 2024, sales: 0 USD", "Jan 2025, sales: 0 USD so far"], sales.Figure("USD").Hints());
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

        Assert.Equal(["Steel|2|1|11|16.50 GBP", "Steel|2|1|2|3.00 USD", "Wooden|1|1|10|15.00 GBP"], top.Rows("Top designs"));
        Assert.Equal(["Bo Bell|2|1|11|16.50 GBP", "Bo Bell|2|1|2|3.00 USD", "Ada Ames|1|1|10|15.00 GBP"], top.Rows("Top staff"));
        Assert.Equal(["Fahey and Sons, GBP: 21 units", "Fahey and Sons, USD: 2 units"], top.Figure("Top counterparties").Hints());
    }

    [Fact]
    public async Task Units_in_currencies_beyond_the_sixth_are_counted_together()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync("INSERT INTO dim_currency SELECT id, 'C0' || id, 'currency' FROM generate_series(3, 8) AS id");
        foreach (var currency in Enumerable.Range(1, 8)) await scene.ExecuteAsync(ReportRows.Sale(currency, currency: currency));

        var page = await scene.ReadAsync();

        Assert.Equal(12, page.Section("sales").Descendants("svg").Count());
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
            ["before the order, sales orders: 1 order", "8 to 30 days, sales orders: 2 orders"], delivery.Figure("From order to agreed delivery").Hints());
        Assert.Equal(["later by 8 to 30 days, sales orders: 1 order"], delivery.Figure("Agreed days that were moved").Hints());
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
        Assert.Equal(["Fahey and Sons|sales receipt|2|1,000.35 GBP|20 Nov 2024|20"], payments.Rows("Longest overdue, by counterparty"));
        Assert.Equal(
            [
                "overdue by 8 to 30 days, sales receipt: 1 payment",
                "overdue by 1 to 7 days, sales receipt: 1 payment",
                "due within 7 days, sales receipt: 1 payment",
            ],
            payments.Figure("Open payments").Hints());
    }

    [Fact]
    public async Task A_change_that_left_last_updated_as_it_was_is_shown_as_silent()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1) + ReportRows.Sale(1, design: 2) + ReportRows.Sale(1, design: 2, units: 11, updated: "2024-11-07 08:30")
            + ReportRows.Gone(1));

        var history = (await scene.ReadAsync()).Section("history");

        Assert.Equal(
            [
                "1|deleted|there|deleted|2024-12-01 00:20:00|last_updated",
                "1|units|10|11|2024-12-01 00:15:00|last_updated",
                "1|design|Wooden|Steel|2024-12-01 00:10:00|silent",
            ],
            history.Rows("The latest changes"));
        Assert.Contains("3 changes, 1 of them silent", history.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pipelines_health_comes_from_the_ledger()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Loaded("fact_payment", "2025-01-01_08-00-00-000000", 1500, reason: "first") + ReportRows.Loaded("fact_payment", "2025-01-01_08-05-00-000000", 7, rejected: 2, deleted: 1)
            + ReportRows.Loaded("dim_staff", "2025-01-01_08-05-00-000000", 20, reason: "first") + ReportRows.Loaded("dim_staff", "2025-01-01_08-10-00-000000", 0)
            + "UPDATE etl_target SET version = '2025-01-01_08-05-00-000000', verified_through = '2025-01-01_08-00-00-000000', history_since = NULL WHERE target = 'fact_payment'");

        var health = (await scene.ReadAsync()).Section("health");

        Assert.Equal(
            ["1 Jan 08:05, new or changed: 7 rows", "1 Jan 08:05, gone: 1 row", "1 Jan 08:05, rejected: 2 rows"],
            health.Figure("The last 2 runs that brought something").Hints());
        Assert.Contains("The 1,520 rows of first rounds", health.Value, StringComparison.Ordinal);
        Assert.Equal(["2025-01-01 08:05|20|7|1|0|2", "2025-01-01 08:00|1,500|0|0|0|0"], health.Rows("The newest runs"));
        Assert.Contains("fact_payment|fact|payment|2025-01-01 08:05|2025-01-01 08:00|not yet|1,507|1|0|0|0", health.Rows("Tables of the warehouse"));
        Assert.Equal(11, health.Rows("Tables of the warehouse").Count);
    }

    [Fact]
    public async Task What_is_blocked_rejected_missed_or_corrected_comes_first()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            "UPDATE etl_target SET is_blocked = target = 'fact_payment', verified_through = '2025-01-02_08-00-00-000000';"
            + "INSERT INTO etl_rejected VALUES ('dim_staff', '{7}', '2025-01-02_08-00-00-000000', '2025-01-02_08-00-00-000000', 'column x: no'), ('dim_staff', '{8}', '2025-01-02_08-00-00-000000', '2025-01-02_08-00-00-000000', 'column x: no');"
            + ReportRows.Loaded("fact_sales_order", "2025-01-02_08-05-00-000000", 0, outcome: "damaged") + ReportRows.Loaded("dim_design", "2025-01-02_08-05-00-000000", 1, corrections: 1, reason: "round"));

        var page = await scene.ReadAsync();

        Assert.Equal(
            ["attention", "tiles", "nav"],
            page.Descendants().Where(element => element.Name.LocalName is "nav" || (string?)element.Attribute("class") == "tiles" || (string?)element.Attribute("id") == "attention")
                .Select(element => (string?)element.Attribute("id") ?? (string?)element.Attribute("class") ?? element.Name.LocalName));
        var attention = page.Section("attention");
        Assert.Equal(["blocked", "rejected", "missed", "corrected"], attention.Descendants("li").Select(item => item.Element("strong")!.Value));
        Assert.Equal(["run --accept-deletes payment", "replay --table sales_order"], attention.Descendants("code").Select(command => command.Value));
        Assert.Contains("compared with the source since 2025-01-02 08:00", attention.Value, StringComparison.Ordinal);
        Assert.Equal(["dim_staff|column x: no|2|2025-01-02 08:00|7, 8"], attention.Rows("Rejected rows by reason"));
    }

    [Theory]
    [InlineData("2024-12-26 00:00", true)]
    [InlineData("2024-12-25 23:59", false)]
    public async Task A_correction_heads_the_page_for_seven_days_and_stays_in_the_health_section(string loadedAt, bool isShownFirst)
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Loaded("dim_design", "2024-11-01_08-05-00-000000", 40, corrections: 40, reason: "round", loadedAt: "2024-11-01 08:05")
            + ReportRows.Loaded("dim_design", "2024-12-20_08-05-00-000000", 2, corrections: 2, reason: "round", loadedAt: loadedAt));

        var page = await scene.ReadAsync();

        string[] first = isShownFirst ? [$"dim_design: in the last 7 days, rounds corrected 2 rows that the following had missed, the last at {loadedAt}. The warehouse is right again."] : [];
        Assert.Equal(first, page.Section("attention").Descendants("li").Select(item => item.Element("span")!.Value));
        Assert.Equal(!isShownFirst, page.Section("attention").Value.Contains("no round had to correct anything in the last 7 days", StringComparison.Ordinal));
        Assert.Contains($"Last corrected by a round: dim_design at {loadedAt}.", page.Section("health").Value, StringComparison.Ordinal);
        Assert.Contains(page.Section("health").Rows("Tables of the warehouse"), row => row.StartsWith("dim_design|", StringComparison.Ordinal) && row.EndsWith("|42|0|42|0|0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_key_of_a_rejected_row_is_cut()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync($"INSERT INTO etl_rejected VALUES ('dim_staff', ARRAY['{new string('k', 300)}', '2'], '2025-01-02_08-00-00-000000', '2025-01-02_08-00-00-000000', 'column x: no')");

        var rows = (await scene.ReadAsync()).Section("attention").Rows("Rejected rows by reason");

        Assert.Equal([$"dim_staff|column x: no|1|2025-01-02 08:00|{new string('k', 39)}…"], rows);
    }

    [Fact]
    public async Task If_nothing_needs_attention_the_page_says_so()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync("UPDATE etl_target SET verified_through = '2025-01-02_08-00-00-000000' WHERE source_table IS NOT NULL;" + ReportRows.Loaded("dim_staff", "2025-01-02_08-00-00-000000", 20));

        var attention = (await scene.ReadAsync()).Section("attention");

        Assert.Contains("Nothing is blocked, nothing is rejected", attention.Value, StringComparison.Ordinal);
        Assert.Empty(attention.Descendants("li"));
    }

    [Fact]
    public async Task Only_one_figure_says_how_fresh_the_warehouse_is()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Loaded("dim_staff", "2025-01-01_08-05-00-000000", 20));

        var time = Assert.Single((await scene.ReadAsync()).Descendants("time"));

        Assert.Equal(("10 min", "2025-01-02T11:50:00.0000000Z"), (time.Value, (string?)time.Attribute("datetime")));
    }

    [Fact]
    public async Task Members_whose_names_repeat_have_their_numbers_beside_them()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync("INSERT INTO dim_design VALUES (3, 'Wooden', '/srv', 'other.json');" + ReportRows.Sale(1) + ReportRows.Sale(2, design: 3, units: 5) + ReportRows.Sale(3, design: 2, units: 1));

        var top = (await scene.ReadAsync()).Section("top");

        Assert.Equal(["Wooden #1, GBP: 10 units", "Wooden #3, GBP: 5 units", "Steel, GBP: 1 unit"], top.Figure("Top designs").Hints());
    }

    [Fact]
    public async Task No_line_leads_to_the_month_that_is_still_running()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Sale(1) + ReportRows.Sale(2, created: "2024-12-05", updated: "2024-12-05 10:00") + ReportRows.Sale(3, created: "2025-01-02", updated: "2025-01-02 10:00", units: 1));

        var chart = (await scene.ReadAsync()).Section("sales").Figure("GBP");

        Assert.Equal(2, ((string)chart.Descendants("polyline").Single().Attribute("points")!).Split(' ').Length);
        Assert.Single(chart.Descendants("circle"), circle => ((string)circle.Attribute("class")!).StartsWith("ring", StringComparison.Ordinal));
        Assert.Contains("Jan 2025 so far: 1.50 GBP", chart.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_month_of_all_says_once_what_was_sold_so_far()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Sale(1, created: "2025-01-01", updated: "2025-01-01 10:00"));

        Assert.EndsWith("15.00 GBP in 1 order so far", (await scene.ReadAsync()).Section("sales").Figure("GBP").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task Labels_of_runs_do_not_overlap(int runs)
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(string.Concat(Enumerable.Range(0, runs).Select(run => ReportRows.Loaded("dim_staff", new EtlPipeline.Core.Lake.TableVersion(ReportScene.Now.AddMinutes(-5 * run)).ToString(), 20))));

        var labels = (await scene.ReadAsync()).Section("health").Descendants("text").Where(text => (string?)text.Attribute("class") == "tick middle").ToList();

        var places = labels.Select(label => (Middle: (double)label.Attribute("x")!, Half: Svg.TextWidth(label.Value) / 2)).OrderBy(place => place.Middle).ToList();
        Assert.InRange(places.Count, 1, 6);
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.First.Middle + pair.First.Half < pair.Second.Middle - pair.Second.Half));
        Assert.All(places, place => Assert.InRange(place.Middle + place.Half, 0, Svg.Width));
    }

    [Fact]
    public async Task An_empty_span_says_so()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Sale(1, created: "2024-01-05", currency: 2) + ReportRows.Sale(2, created: "2025-12-05", updated: "2025-12-05 10:00", delivery: "2024-01-09"));

        var page = await scene.ReadAsync();

        Assert.Contains("No sales in USD in these 12 months.", page.Section("sales").Value, StringComparison.Ordinal);
        Assert.Contains("No delivery is agreed from Jun 2025 to Nov 2026.", page.Section("delivery").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_map_go_by_what_the_tables_say_of_themselves()
    {
        await using var copies = await ReportScene.WithCopiesAsync("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)");
        await using var star = await ReportScene.WithTablesAsync();

        var (page, map) = (await copies.ReadAsync(), (await star.ReadAsync()).Section("map"));

        Assert.Equal(["attention", "map", "health"], page.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.StartsWith("stg_item|copy|item|", page.Section("health").Rows("Tables of the warehouse").Single(row => row.StartsWith("stg_", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Carried as they are, each with its history: stg_item.", page.Section("map").Value, StringComparison.Ordinal);
        Assert.Contains("fact_sales_order|design_id|dim_design", map.Rows("Which column refers to what"));
        Assert.Equal(11, map.Descendants("rect").Count());
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

        Assert.Equal(1, page.Split("<script", StringSplitOptions.None).Length - 1);
        Assert.DoesNotContain("</svg></style>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("</style>").Length - 1);
    }

    [Theory]
    [InlineData("report.css")]
    [InlineData("report.js")]
    public void What_is_written_into_the_page_has_no_character_that_XML_escapes(string file) =>
        Assert.DoesNotContain(Html.Read(file), character => character is '<' or '>' or '&');

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(ReportRows.Sale(1));

        var page = await scene.ReadAsync();

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "link" or "img" or "iframe");
        var script = Assert.Single(page.Descendants("script")).Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains(page.Descendants("meta"), meta => (string?)meta.Attribute("content") == $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'");
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

        Assert.InRange(drawings.Count, 10, 20);
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

        var page = await scene.ReadAsync();

        var sections = page.Descendants("section").ToList();
        Assert.Equal(8, sections.Count);
        Assert.Contains("nothing has been loaded yet", page.Descendants("div").First(element => (string?)element.Attribute("class") == "tile").Value, StringComparison.Ordinal);
        Assert.Contains("No run has brought anything yet.", page.Section("health").Value, StringComparison.Ordinal);
        Assert.All(sections.Where(section => (string?)section.Attribute("id") is not ("attention" or "map" or "health")), section =>
        {
            Assert.Contains(section.Elements("p"), IsNothing);
            Assert.Empty(section.Descendants("svg"));
        });
        Assert.Equal("Nothing has been loaded yet.", page.Section("attention").Elements("p").Single(IsNothing).Value);
    }

    [Fact]
    public async Task The_tables_are_those_of_the_warehouses_schema()
    {
        await using var scene = await ReportScene.WithTablesAsync("Ware \"House");
        await scene.ExecuteAsync(ReportRows.Sale(1));

        var page = await scene.ReadAsync();

        Assert.Equal(["Wooden|1|1|10|15.00 GBP"], page.Section("top").Rows("Top designs"));
    }

    private static bool IsNothing(XElement paragraph) => (string?)paragraph.Attribute("class") == "nothing";
}
