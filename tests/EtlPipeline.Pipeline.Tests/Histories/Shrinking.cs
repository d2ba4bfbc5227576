using System.Diagnostics;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Makes a history that fails small: steps are left out, many at a time and then one by one, as long as it still fails.</summary>
internal static class Shrinking
{
    /// <param name="history">A history that fails.</param>
    /// <param name="failsAsync">Whether another one does.</param>
    /// <param name="most">How long to try.</param>
    public static async Task<History> MakeSmallAsync(History history, Func<History, Task<bool>> failsAsync, TimeSpan most)
    {
        var watch = Stopwatch.StartNew();
        for (var size = Math.Max(1, history.Steps.Count / 2); size >= 1; size /= 2)
        {
            for (var at = 0; at < history.Steps.Count && watch.Elapsed < most;)
            {
                var candidate = new History([.. history.Steps.Take(at), .. history.Steps.Skip(at + size)]);
                if (await failsAsync(candidate)) history = candidate;
                else at += size;
            }
        }

        return history;
    }
}
