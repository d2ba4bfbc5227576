using System.Text.RegularExpressions;

namespace EtlPipeline.Local.Terminals;

/// <summary>Commands in messages, such as <c>`replay --table staff`</c>: the functions that write them don't know how this program is called here.</summary>
internal static partial class PasteableCommands
{
    /// <summary>A message whose commands can be pasted into a shell.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hint">Makes a command line of what comes after the program.</param>
    public static string In(string message, Func<string, string> hint) => Command().Replace(message, match => $"`{hint(match.Groups[1].Value)}`");

    [GeneratedRegex("`((?:run|replay|rejected|status|describe|check)(?: [^`]*)?)`", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
