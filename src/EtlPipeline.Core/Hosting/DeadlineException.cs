using System.Globalization;

namespace EtlPipeline.Core.Hosting;

/// <summary>An invocation was stopped shortly before Lambda would have killed it without a word.</summary>
public sealed class DeadlineException : Exception
{
    internal DeadlineException(string stage, TimeSpan limit, string? lastDone, Exception innerException)
        : base(Describe(stage, limit, lastDone), innerException)
    {
    }

    private static string Describe(string stage, TimeSpan limit, string? lastDone)
    {
        var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var point = lastDone is null ? "before anything was done" : $"after {lastDone}";
        return $"{stage} did not finish within {seconds} s and was stopped {point}. What is done is kept, and the next invocation "
            + "carries on from there; where this repeats, give the function more time or memory.";
    }
}
