using System.Globalization;
using System.Text;
using EtlPipeline.Soak.Verdicts;

namespace EtlPipeline.Soak.Reports;

/// <summary>A figure over the schedules, as columns of text that stand on zero: what is flat looks flat.</summary>
internal static class ColumnPlot
{
    private const int Width = 72;
    private const int Height = 4;
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>Draws a figure.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="values">Its values, the first ones too. If they are more than fit, a column is the median of several.</param>
    public static string Draw(string title, IReadOnlyList<double> values)
    {
        var columns = Columns(values);
        var top = Math.Max(columns.Max(), double.Epsilon);
        var plot = new StringBuilder().Append("  ").AppendLine(title);
        for (var line = Height - 1; line >= 0; line--)
        {
            var label = line == Height - 1 ? top.ToString("#,0.#", CultureInfo.InvariantCulture) : line == 0 ? "0" : string.Empty;
            plot.Append(label.PadLeft(9)).Append(line is 0 or Height - 1 ? " ┤" : " │");
            foreach (var column in columns) plot.Append(Eighths[Filled(column / top, line)]);
            plot.AppendLine();
        }

        return plot.Append(' ', 10).Append('└').Append('─', columns.Count).AppendLine()
            .Append(' ', 11).Append('1').Append(values.Count.ToString(CultureInfo.InvariantCulture).PadLeft(columns.Count - 1)).AppendLine().ToString();
    }

    private static List<double> Columns(IReadOnlyList<double> values)
    {
        var count = Math.Min(Width, values.Count);
        return [.. Enumerable.Range(0, count).Select(at => Series.Median([.. values.Take((at + 1) * values.Count / count).Skip(at * values.Count / count)]))];
    }

    /// <summary>How many eighths of a line a column fills.</summary>
    private static int Filled(double share, int line) => (int)Math.Clamp(Math.Round(share * Height * 8) - line * 8, 0, 8);
}
