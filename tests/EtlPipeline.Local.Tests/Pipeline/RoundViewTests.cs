using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Tests.Pipeline;

public sealed class RoundViewTests
{
    private static readonly TableName Staff = TableName.Parse("staff");

    [Fact]
    public async Task A_table_that_is_shown_while_the_round_goes_on_ends_with_what_came_out()
    {
        using var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, isPlain: false, isVerbose: false);
        var progress = new RoundProgress([Staff]);

        terminal.WriteHeading("A round");
        await terminal.WaitForAsync("Waiting", () => Task.CompletedTask);
        var outcome = await RoundView.ShowAsync(terminal, progress, () =>
        {
            progress.Report(new TableExtracted(Staff, null, 1234, 20, 0, 0, TimeSpan.Zero));
            return Task.FromResult(new RoundOutcome(IsExtractSkipped: true, []));
        });

        Assert.True(outcome.IsSuccess);
        Assert.Contains("1,234", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Another extract holds the source", output.ToString(), StringComparison.Ordinal);
    }
}
