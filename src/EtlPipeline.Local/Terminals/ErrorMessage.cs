using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;

namespace EtlPipeline.Local.Terminals;

/// <summary>Tells the reader about a failure: one sentence for each thing that went wrong, and stack traces only on request.</summary>
internal static class ErrorMessage
{
    /// <summary>Writes it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="hint">Makes a command line of this program that can be pasted.</param>
    public static void Write(Terminal terminal, Exception exception, Func<string, string> hint)
    {
        foreach (var line in Describe(exception).Distinct()) terminal.Error.WriteLine($"error: {PasteableCommands.In(line, hint)}");
        if (terminal.IsVerbose) terminal.Error.WriteLine(exception);
        else if (!IsSelfExplanatory(exception)) terminal.Error.WriteLine("Call it again with --verbose to see where this came from.");
    }

    private static IEnumerable<string> Describe(Exception exception) => exception switch
    {
        InvalidSettingsException settings => settings.Faults,
        RunFailedException run => run.Faults,
        _ => [exception.Message],
    };

    /// <summary>Whether the message was written by this project, for its reader.</summary>
    private static bool IsSelfExplanatory(Exception exception) =>
        exception.GetType().Namespace?.StartsWith(nameof(EtlPipeline), StringComparison.Ordinal) == true;
}
