using EtlPipeline.Testing;
using EtlPipeline.Testing.S3;

namespace EtlPipeline.Report.Tests;

public sealed class BrowserTests
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(768, true)]
    [InlineData(390, false)]
    public async Task A_browser_shows_the_page_within_the_width_of_its_window(int width, bool isDark)
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        var page = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(page, InWindow(width, await WritePageAsync(), """
            var root = document.documentElement;
            top.document.title = 'overflow: ' + (root.scrollWidth - root.clientWidth) + '; ground: ' + getComputedStyle(document.body).backgroundColor;
            """), TestContext.Current.CancellationToken);

        var (picture, document) = (await browser.TakePictureAsync(page, width, isDark), await browser.ReadDocumentAsync(page, width, isDark));

        Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture[..4]);
        Assert.Contains("overflow: 0", document, StringComparison.Ordinal);
        Assert.Contains(isDark ? "ground: rgb(20, 24, 28)" : "ground: rgb(246, 246, 243)", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(768)]
    [InlineData(390)]
    public async Task No_drawing_is_blown_up_and_a_wide_window_cuts_no_table_off(int width)
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        var page = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(page, InWindow(width, await WritePageAsync(), """
            function shown(selector) { return Array.from(document.querySelectorAll(selector)).filter(function (element) { return element.checkVisibility(); }); }
            var big = shown('svg').filter(function (drawing) { return drawing.getBoundingClientRect().width > 1.4 * drawing.viewBox.baseVal.width; });
            var cut = shown('.scroll').filter(function (table) { return table.scrollWidth > table.clientWidth; });
            function names(elements) { return elements.map(function (element) { return element.getAttribute('aria-label') + ' by ' + (element.scrollWidth - element.clientWidth); }).join(', '); }
            top.document.title = 'blown up: ' + names(big) + '; cut off: ' + (innerWidth < 1280 ? '' : names(cut)) + '.';
            """), TestContext.Current.CancellationToken);

        var document = await browser.ReadDocumentAsync(page, width, isDark: false);

        Assert.Equal("blown up: ; cut off: .", document.Split("<title>")[1].Split("</title>")[0]);
    }

    [Fact]
    public async Task The_script_runs_under_the_pages_own_policy()
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        var page = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(page, await WritePageAsync(), TestContext.Current.CancellationToken);

        var document = await browser.ReadDocumentAsync(page, 1280, isDark: false);

        Assert.Contains("<button type=\"button\">", document, StringComparison.Ordinal);
        Assert.Contains("use the arrow keys on it to read its values.", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Currency_and_period_are_switched_tables_are_sorted_and_arrow_keys_tell_values()
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        var page = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(page, WithScript(await WritePageAsync(), """
            function shown(selector) { return Array.from(document.querySelectorAll(selector)).filter(function (element) { return element.checkVisibility(); }); }
            function choose(name, value) {
                var select = document.querySelector('select[name=' + name + ']');
                select.value = value;
                select.dispatchEvent(new Event('change', { bubbles: true }));
            }
            var told = [];
            told.push('all ' + shown('#sales figure').length + '/' + shown('#top figure').length);
            choose('currency', 'USD'); choose('period', 'year');
            told.push('usd ' + shown('#sales figure').length + '/' + shown('#top figure').length + ' ' + shown('#sales figcaption')[0].textContent);
            choose('currency', 'all');
            var table = document.querySelector('#payments > .scroll table');
            var heading = Array.from(table.querySelectorAll('thead button')).filter(function (button) { return button.textContent === 'amount'; })[0];
            function amounts() { return Array.from(table.tBodies[0].rows).map(function (row) { return row.cells[3].textContent; }).join(','); }
            heading.click(); told.push(amounts());
            heading.click(); told.push(amounts() + ' ' + heading.parentNode.getAttribute('aria-sort'));
            var chart = shown('#sales svg')[0];
            chart.focus();
            chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
            chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
            told.push(chart.parentNode.querySelector('output').textContent);
            document.title = told.join('; ');
            """), TestContext.Current.CancellationToken);

        var document = await browser.ReadDocumentAsync(page, 1280, isDark: false);

        Assert.Contains("<title>all 2/3; usd 1/3 USD; 900.00 GBP,1,000.00 GBP; 1,000.00 GBP,900.00 GBP descending; Nov 2024, sales: 15 GBP</title>", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task Axe_finds_no_barrier(int width, bool isDark)
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        var packages = RepositoryFolder.Find("tests/EtlPipeline.Report.Tests/axe");
        await NodePackages.InstallAsync(packages);
        var axe = await File.ReadAllTextAsync(Path.Combine(packages, "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken);
        var page = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(page, InWindow(width, await WritePageAsync(), $$"""
            {{axe}}
            document.querySelectorAll('details').forEach(function (details) { details.open = true; });
            axe.run().then(function (result) {
                top.document.title = 'barriers: ' + result.violations.map(function (rule) { return rule.id + ' at ' + rule.nodes.map(function (node) { return node.target; }).join(' '); }).join('; ') + '.';
            });
            """), TestContext.Current.CancellationToken);

        var document = await browser.ReadDocumentAsync(page, width, isDark);

        Assert.Contains("<title>barriers: .</title>", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_of_the_style_is_for_something_on_a_page()
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        await using var calm = await ReportScene.WithTablesAsync();
        await calm.ExecuteAsync(ReportRows.Loaded("dim_staff", "2025-01-02_08-05-00-000000", 20));
        await using var full = await FullWarehouseAsync();
        await full.ExecuteAsync(
            "INSERT INTO dim_currency SELECT id, 'C0' || id, 'currency' FROM generate_series(3, 8) AS id;"
            + string.Concat(Enumerable.Range(10, 8).Select(order => ReportRows.Sale(order, currency: order - 9, design: 1 + (order % 2))))
            + "UPDATE etl_target SET is_blocked = target = 'dim_staff', verified_through = '2024-12-01_08-00-00-000000';"
            + ReportRows.Loaded("fact_sales_order", "2025-01-02_08-05-00-000000", 0, outcome: "damaged") + ReportRows.Loaded("dim_design", "2025-01-02_08-05-00-000000", 1, corrections: 1, reason: "round"));

        var unused = (await UnusedRulesAsync(calm)).Intersect(await UnusedRulesAsync(full));

        Assert.Empty(unused);

        async Task<string[]> UnusedRulesAsync(ReportScene scene)
        {
            var page = Path.Combine(folder.Path, "report.html");
            await File.WriteAllTextAsync(page, WithScript(await scene.WriteAsync(), """
                document.querySelectorAll('#payments table').forEach(function (table, index) {
                    table.querySelector('button').click();
                    if (index) table.querySelector('button').click();
                });
                document.querySelectorAll('svg[tabindex]').forEach(function (chart) { chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' })); });
                var currency = document.querySelector('select[name=currency]');
                if (currency) { currency.value = 'C03'; currency.dispatchEvent(new Event('change', { bubbles: true })); }
                function selectors(rules) {
                    return Array.from(rules).flatMap(function (rule) { return rule.selectorText ? rule.selectorText.split(/,(?![^(]*\))/) : selectors(rule.cssRules); });
                }
                var unused = selectors(document.styleSheets[0].cssRules).filter(function (selector) {
                    return document.querySelector(selector.replace(/:focus-visible|::after|:empty|:not\(:hover, :focus-within\)/g, '')) === null;
                });
                document.title = unused.map(function (selector) { return selector.trim(); }).join(';');
                """), TestContext.Current.CancellationToken);
            var document = await browser.ReadDocumentAsync(page, 1280, isDark: false);
            return document.Split("<title>")[1].Split("</title>")[0].Split(';', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private static async Task<string> WritePageAsync()
    {
        await using var scene = await FullWarehouseAsync();
        return await scene.WriteAsync();
    }

    /// <summary>A warehouse with something for every section.</summary>
    private static async Task<ReportScene> FullWarehouseAsync()
    {
        var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1) + ReportRows.Sale(1, design: 2) + ReportRows.Sale(2, currency: 2) + ReportRows.Sale(3, created: "2024-12-03", updated: "2024-12-03 10:00")
            + "INSERT INTO dim_counterparty VALUES (2, 'Adams', '1 Road', NULL, NULL, 'Hull', '1', 'Chad', '1');"
            + ReportRows.Payment(1, "2024-11-01", "900.00", isPaid: false) + ReportRows.Payment(2, "2024-11-02", "1000.00", isPaid: false)
            + "UPDATE fact_payment SET counterparty_id = 2 WHERE payment_id = 2;"
            + "INSERT INTO etl_rejected VALUES ('dim_staff', '{7}', '2025-01-02_08-00-00-000000', '2025-01-02_08-00-00-000000', 'column email_address: a text of 312 characters is longer than the 254 that the warehouse keeps, so that the row is set aside');"
            + ReportRows.Loaded("fact_payment", "2025-01-01_08-00-00-000000", 1500));
        return scene;
    }

    /// <summary>The page in a window of a width. Chromium's own can't be narrower than 500, so a frame stands for a phone.</summary>
    private static string InWindow(int width, string page, string script)
    {
        var whole = WithScript(page, script);
        return width >= 500 ? whole : $"""
            <!doctype html><html lang="en"><head><title>frame</title></head><body style="margin: 0"><iframe title="page" style="border: 0; width: {width}px; height: 1600px" srcdoc="{System.Net.WebUtility.HtmlEncode(whole)}"></iframe></body></html>
            """;
    }

    /// <summary>The page under no policy, with a script of the test's own.</summary>
    private static string WithScript(string page, string script)
    {
        var policy = page.IndexOf("<meta http-equiv", StringComparison.Ordinal);
        return page.Remove(policy, page.IndexOf('>', policy) + 1 - policy).Replace("</body>", $"<script>{script}</script></body>", StringComparison.Ordinal);
    }
}
