using System.Globalization;
using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>How the pipeline that fills the warehouse fares.</summary>
internal static class HealthSection
{
    private static readonly string[] Kinds = ["new or changed", "deletes", "rejected"];

    public static XElement Draw(ReportFigures figures, DateTimeOffset now) => Html.Section(
        "health",
        "The pipeline's health",
        "From the ledger that the warehouse keeps with its rows. A run of Extract gives all its versions one stamp; rejected rows could not be used, and lie under rejected/ in the processed bucket.",
        figures.Targets.Count == 0 ? Html.Nothing("Nothing has been loaded yet.") : Drawings(figures, now));

    private static object[] Drawings(ReportFigures figures, DateTimeOffset now) =>
    [
        Facts(figures.Targets, now),
        Html.Beside(
            figures.Runs.Count == 0 ? Html.Nothing("No run has brought anything yet.") : Chart(figures.Runs), Table(figures.Targets, now)),
    ];

    private static XElement Facts(IReadOnlyList<LoadedTarget> targets, DateTimeOffset now) => Html.Tiles(
        Html.Tile(Age.Describe(now - targets.Max(target => target.LoadedAt)), "since the last load"),
        Html.Tile(Amount.Exact(targets.Sum(target => target.Versions)), "versions loaded"),
        Html.Tile(Amount.Exact(targets.Sum(target => target.Written)), "rows written"),
        Html.Tile(Amount.Exact(targets.Sum(target => target.Rejected)), "rows rejected"),
        Html.Tile(Amount.Exact(targets.Sum(target => target.Skipped)), "versions stepped over"));

    private static XElement Chart(IReadOnlyList<PipelineRun> newestFirst)
    {
        var runs = newestFirst.Reverse().ToList();
        var data = new ChartData(
            "Rows that each run brought",
            "rows",
            [.. runs.Select(run => run.Version.Instant.ToString("d MMM HH:mm", CultureInfo.InvariantCulture))],
            [
                new ChartSeries(Kinds[0], [.. runs.Select(run => (decimal)run.Changed)]),
                new ChartSeries(Kinds[1], [.. runs.Select(run => (decimal)run.Deleted)]),
                new ChartSeries(Kinds[2], [.. runs.Select(run => (decimal)run.Rejected)]),
            ]);
        var initial = runs.Sum(run => run.Initial);
        var note = initial == 0 ? null : $"The {Amount.Exact(initial)} rows of first versions, which hold whole tables, are not drawn.";
        return Html.Figure($"The last {Amount.Exact(runs.Count)} runs", ColumnChart.Draw(data), Kinds, note);
    }

    private static XElement Table(IReadOnlyList<LoadedTarget> targets, DateTimeOffset now)
    {
        var table = new HtmlTable(
            "Tables of the warehouse", "table", "newest version", "loaded", "#versions", "#rows written", "#rejected", "#stepped over");
        foreach (var target in targets)
        {
            table.Add(
                target.Target,
                target.Newest.Instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                $"{Age.Describe(now - target.LoadedAt)} ago",
                Amount.Exact(target.Versions),
                Amount.Exact(target.Written),
                Amount.Exact(target.Rejected),
                Amount.Exact(target.Skipped));
        }

        return table.Draw();
    }
}
