using System.Collections.Concurrent;

namespace EtlPipeline.Testing.Secrets;

/// <summary>
/// Sees every line that the code under test writes: logs, the output of its processes, the errors that functions report. A line with a planted
/// secret makes the whole assembly fail, whatever its tests say.
/// </summary>
public sealed class OutputWatch : IDisposable
{
    private static readonly ConcurrentDictionary<string, string> Leaks = new();

    /// <summary>Looks at something that was written.</summary>
    /// <param name="origin">What wrote it.</param>
    /// <param name="text">The text, of one line or many.</param>
    public static void See(string origin, string? text)
    {
        if (text?.Contains(PlantedSecret.Text, StringComparison.OrdinalIgnoreCase) is not true) return;
        Leaks.TryAdd(text, $"{origin}, in '{TestContext.Current.Test?.TestDisplayName ?? "no test"}'");
    }

    /// <summary>Fails if a secret was seen.</summary>
    public void Dispose() => Assert.True(
        Leaks.IsEmpty, $"Secrets were written by:\n{string.Join('\n', Leaks.Select(leak => $"{leak.Value}: {leak.Key}"))}");
}
