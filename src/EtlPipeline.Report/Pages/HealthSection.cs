using System.Globalization;
using System.Xml.Linq;
using EtlPipeline.Core.Lake;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>The health of the pipeline that fills the warehouse: all targets, as they describe themselves.</summary>
internal static class HealthSection
{
    private const int MostRows = 8;

    private static readonly string[] Kinds = ["new or changed", "gone", "corrected by the round", "rejected"];

    public static XElement Draw(HealthFigures health) => Html.Section(
        "health",
        "The pipeline's health",
        "From the ledger that the warehouse keeps with its rows. Every row of every table is read again within a day; \"compared since\" says since when all rows of a table have been compared with the source.",
        health.Targets.Count == 0 ? Html.Nothing("Nothing has been loaded yet.") : Drawings(health));

    private static object?[] Drawings(HealthFigures health) =>
        [health.Runs.Count == 0 ? Html.Nothing("No run has brought anything yet.") : Html.Beside(Runs(health.Runs), NewestRuns(health.Runs)), Table(health.Targets), LastCorrected(health.Targets)];

    private static XElement NewestRuns(IReadOnlyList<PipelineRun> newestFirst)
    {
        var table = new HtmlTable("The newest runs", "run", "#first round", "#new or changed", "#gone", "#corrected", "#rejected");
        foreach (var run in newestFirst.Take(MostRows))
        {
            table.Add(
                Minute(run.Version.Instant), Cell.Count(run.First), Cell.Count(run.Changed), Cell.Count(run.Deleted), Cell.Count(run.Corrections), Cell.Count(run.Rejected));
        }

        return table.Draw();
    }

    private static XElement Runs(IReadOnlyList<PipelineRun> newestFirst)
    {
        var runs = newestFirst.Reverse().ToList();
        var first = runs.Sum(run => run.First);
        var note = first == 0 ? null : $"The {Amount.Exact(first)} rows of first rounds, which hold whole tables, are not shown.";
        var heading = runs.Count == 1 ? "The last run that brought something" : $"The last {Amount.Exact(runs.Count)} runs that brought something";
        if (runs.TrueForAll(run => run.Changed + run.Deleted + run.Corrections + run.Rejected == 0))
            return Html.Figure("Runs", Html.Nothing("Since the first rounds, no run has found a change."), note: note);
        var data = new ChartData(
            "Rows that each run brought",
            "rows",
            [.. runs.Select(run => run.Version.Instant.ToString("d MMM HH:mm", CultureInfo.InvariantCulture))],
            [
                Series(0, run => run.Changed), Series(1, run => run.Deleted), Series(2, run => run.Corrections), Series(3, run => run.Rejected),
            ]);
        return Html.Figure(heading, ColumnChart.Draw(data), Kinds, note);

        ChartSeries Series(int kind, Func<PipelineRun, long> count) => new(Kinds[kind], [.. runs.Select(run => (decimal)count(run))]);
    }

    private static XElement Table(IReadOnlyList<TargetHealth> targets)
    {
        var table = new HtmlTable(
            "Tables of the warehouse", "table", "kind", "from", "newest version", "compared since", "history since", "#records", "#gone", "#corrected", "#rejected", "#missed");
        foreach (var target in targets)
        {
            table.Add(
                target.Target,
                target.Kind,
                target.SourceTable ?? "–",
                target.SourceTable is null ? "–" : Stamp(target.Version),
                target.SourceTable is null ? "–" : Stamp(target.VerifiedThrough),
                target.SourceTable is null ? "–" : Stamp(target.HistorySince),
                Cell.Count(target.Inserted),
                Cell.Count(target.Deleted),
                Cell.Count(target.Corrections),
                Cell.Count(target.Rejected),
                Cell.Count(target.Missed));
        }

        return table.Draw();
    }

    /// <summary>Corrections stay in the ledger. Recent ones head the page too.</summary>
    private static XElement? LastCorrected(IReadOnlyList<TargetHealth> targets)
    {
        var corrected = targets.Where(target => target.CorrectedAt is { }).Select(target => $"{target.Target} at {Minute(target.CorrectedAt!.Value)}").ToList();
        return corrected.Count == 0 ? null : Html.Note($"Last corrected by a round: {string.Join(", ", corrected)}.");
    }

    private static string Stamp(TableVersion? version) => version is { } stamp ? Minute(stamp.Instant) : "not yet";

    private static string Minute(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>A map of the warehouse's tables and of which column of a fact refers to which dimension, drawn from their own descriptions.</summary>
internal static class StarMap
{
    private const double BoxWidth = 150;
    private const double BoxHeight = 26;
    private const double Step = 34;
    private const double Top = 4;

    public static XElement Draw(IReadOnlyList<TargetHealth> targets)
    {
        var described = targets.Select(target => target.Description).OfType<TargetDescription>().ToList();
        var references = described.SelectMany(target => target.Columns.Where(column => column.References is { }).Select(column => (From: target.Name.Value, column.Name, To: column.References!.Value.Value))).ToList();
        return Html.Section(
            "map",
            "The map of the warehouse",
            "Facts on the left, dimensions on the right; a line is a column that holds a dimension's key. Each fact has a view of its current records and a function that shows those of any moment.",
            references.Count == 0 ? Html.Nothing("No table refers to another one.") : Drawings(described, references),
            Copies(described));
    }

    private static object[] Drawings(List<TargetDescription> described, List<(string From, string Column, string To)> references)
    {
        var facts = references.Select(reference => reference.From).Distinct().Order(StringComparer.Ordinal).ToList();
        var dimensions = references.Select(reference => reference.To).Concat(described.Where(target => target.Kind == TargetKind.Dimension).Select(target => target.Name.Value))
            .Distinct().Except(facts).Order(StringComparer.Ordinal).ToList();
        var table = new HtmlTable("Which column refers to what", "table", "column", "dimension");
        foreach (var (from, column, to) in references) table.Add(from, column, to);
        return [Html.Beside(Html.Figure("Facts and dimensions", Drawing(facts, dimensions, references)), table.Draw())];
    }

    private static XElement Drawing(List<string> facts, List<string> dimensions, List<(string From, string Column, string To)> references)
    {
        var height = Top + (Step * Math.Max(facts.Count, dimensions.Count));
        var lines = references.Select(reference => (reference.From, reference.To)).Distinct().Where(line => dimensions.Contains(line.To)).Select(line =>
            Svg.Line(BoxWidth, Middle(facts, line.From, height), Svg.Width - BoxWidth, Middle(dimensions, line.To, height), $"link p{facts.IndexOf(line.From) % 6}"));
        return Svg.Drawing("A map of facts and dimensions", height, lines, Boxes(facts, 0, height, "fact"), Boxes(dimensions, Svg.Width - BoxWidth, height, "dimension"));
    }

    private static IEnumerable<XElement> Boxes(List<string> names, double x, double height, string style) => names.SelectMany(name => new[]
    {
        Svg.Rectangle(x + 0.5, Middle(names, name, height) - (BoxHeight / 2), BoxWidth - 1, BoxHeight, $"box {style}", name),
        Svg.Label(x + (BoxWidth / 2), Middle(names, name, height) + 4, Shorten(name), "tick middle boxed"),
    });

    private static double Middle(List<string> names, string name, double height) => height / names.Count * (names.IndexOf(name) + 0.5);

    private static string Shorten(string name) => Svg.TextWidth(name) <= BoxWidth - 8 ? name : $"{name[..(int)((BoxWidth - 16) / Svg.TextWidth("x"))]}…";

    private static XElement? Copies(List<TargetDescription> described)
    {
        var copies = described.Where(target => target.Kind == TargetKind.Copy).Select(target => target.Name.Value).ToList();
        return copies.Count == 0 ? null : Html.Note($"Carried as they are, each with its history: {string.Join(", ", copies)}.");
    }
}
