using EtlPipeline.Testing;

namespace EtlPipeline.Report.Tests;

public sealed class BrowserTests
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(500, false)]
    [InlineData(1280, true)]
    public async Task A_browser_shows_the_page_within_the_width_of_its_window(int width, bool isDark)
    {
        using var folder = new TestFolder();
        var browser = HeadlessBrowser.Find(folder);
        await using var scene = await ReportScene.WithTablesAsync();
        await scene.ExecuteAsync(
            ReportRows.Sale(1) + ReportRows.Sale(1, design: 2) + ReportRows.Sale(2, currency: 2) + ReportRows.Payment(1, "2024-11-01", "1.00", isPaid: false)
            + ReportRows.Loaded("fact_payment", "2025-01-01_08-00-00-000000", 1500));
        var page = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(page, WithMeasure(await scene.WriteAsync()), TestContext.Current.CancellationToken);

        var (picture, document) = (await browser.TakePictureAsync(page, width, isDark), await browser.ReadDocumentAsync(page, width, isDark));

        Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture[..4]);
        Assert.Contains("overflow: 0", document, StringComparison.Ordinal);
        Assert.Contains(isDark ? "ground: rgb(20, 24, 28)" : "ground: rgb(246, 246, 243)", document, StringComparison.Ordinal);
    }

    // The page itself has no script; the browser is made to write down what it made of it.
    private static string WithMeasure(string page) => page.Replace(
        "</body>",
        """
        <script>
            const root = document.documentElement;
            document.title = 'overflow: ' + (root.scrollWidth - root.clientWidth) + '; ground: ' + getComputedStyle(document.body).backgroundColor;
        </script></body>
        """,
        StringComparison.Ordinal);
}
