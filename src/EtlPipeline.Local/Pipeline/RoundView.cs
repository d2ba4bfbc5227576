using EtlPipeline.Local.Terminals;
using Spectre.Console;

namespace EtlPipeline.Local.Pipeline;

/// <summary>Shows a round: on a terminal while it goes on, in plain text when it has ended.</summary>
internal static class RoundView
{
    /// <summary>Runs a round, and shows it.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="progress">What the round tells of itself.</param>
    /// <param name="round">The round.</param>
    public static async Task<RoundOutcome> ShowAsync(Terminal terminal, RoundProgress progress, Func<Task<RoundOutcome>> round)
    {
        // Log lines would run into a live table.
        var outcome = terminal.IsPlain || terminal.IsVerbose
            ? await round()
            : await ShowLiveAsync(terminal, progress, round);
        if (progress.Tables.Count == 0) terminal.WriteNote("Nothing was pending.");
        else if (terminal.IsPlain || terminal.IsVerbose) terminal.Console.Write(RoundTable.Create(terminal, progress.Tables));
        if (outcome.IsExtractSkipped) terminal.WriteNote("Another extract holds the source; this one read nothing.");
        return outcome;
    }

    private static async Task<RoundOutcome> ShowLiveAsync(Terminal terminal, RoundProgress progress, Func<Task<RoundOutcome>> round)
    {
        var live = terminal.Console.Live(RoundTable.Create(terminal, progress.Tables));
        return await live.StartAsync(async context =>
        {
            void Show() => context.UpdateTarget(RoundTable.Create(terminal, progress.Tables));
            progress.Changed += Show;
            try
            {
                return await round();
            }
            finally
            {
                progress.Changed -= Show;
            }
        });
    }
}
