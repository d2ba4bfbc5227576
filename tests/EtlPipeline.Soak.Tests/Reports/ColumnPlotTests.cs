using EtlPipeline.Soak.Reports;

namespace EtlPipeline.Soak.Tests.Reports;

public sealed class ColumnPlotTests
{
    [Fact]
    public void Columns_stand_on_zero_and_the_highest_reaches_the_top() => Assert.Equal(
        """
          memory, MB
                8 ┤  █
                  │  █
                  │ ██
                0 ┤███
                  └───
                   1 3

        """.ReplaceLineEndings(),
        string.Join(Environment.NewLine, ColumnPlot.Draw("memory, MB", [2, 4, 8]).ReplaceLineEndings().Split(Environment.NewLine).Select(line => line.TrimEnd())));

    [Fact]
    public void Of_more_values_than_fit_a_column_is_the_median_of_several()
    {
        var values = Enumerable.Range(0, 7200).Select(at => at % 100 == 50 ? 1000.0 : 1.0);

        var plot = ColumnPlot.Draw("time, ms", [.. values]);

        Assert.Contains("        1 ┤" + new string('█', 72), plot, StringComparison.Ordinal);
    }
}
