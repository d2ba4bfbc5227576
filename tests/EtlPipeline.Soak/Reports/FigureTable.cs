using System.Globalization;
using EtlPipeline.Soak.Verdicts;
using Spectre.Console;

namespace EtlPipeline.Soak.Reports;

/// <summary>Every figure, a row each: how it was at first, how it is at last, and whether that is all right.</summary>
internal static class FigureTable
{
    public static Table Of(SoakOutcome outcome)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("").NoWrap());
        foreach (var heading in new[] { "first fifth", "last fifth", "times", "per 100", "most" })
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("expected").NoWrap());
        table.AddColumn(new TableColumn("").NoWrap());
        foreach (var figure in FigureCatalogue.Of(outcome.Schedules)) AddRow(table, figure, figure.Over(outcome.Schedules));
        return table;
    }

    private static void AddRow(Table table, Figure figure, Series series)
    {
        var (first, last) = (Series.Median(series.First), Series.Median(series.Last));
        table.AddRow(
            figure.Name,
            Number(first),
            Number(last),
            first == 0 ? "" : Text(last / first, "0.00"),
            Text(series.SlopePerHundred, "+0.0;-0.0;0.0"),
            Number(series.Values.Max()),
            figure.Expected.ToString(),
            figure.Expected is Expectation.Anything ? "" : figure.Expected.IsMetBy(series) ? "ok" : "NOT OK");
    }

    private static string Number(double value) => Text(value, value == Math.Floor(value) ? "#,0" : "#,0.0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
