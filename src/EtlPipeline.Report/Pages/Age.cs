namespace EtlPipeline.Report.Pages;

/// <summary>How spans of time are written: in the largest unit that tells enough.</summary>
internal static class Age
{
    public static string Describe(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => $"{Math.Max(0, (long)age.TotalSeconds)} s",
        { TotalHours: < 2 } => $"{(long)age.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(long)age.TotalHours} h",
        _ => $"{(long)age.TotalDays} days",
    };
}
