namespace EtlPipeline.Local.Terminals;

/// <summary>Describes how long ago something was, or how long it will take, in words.</summary>
internal static class Age
{
    public static string Describe(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => Count((long)age.TotalSeconds, "second"),
        { TotalHours: < 2 } => Count((long)age.TotalMinutes, "minute"),
        { TotalDays: < 2 } => Count((long)age.TotalHours, "hour"),
        _ => Count((long)age.TotalDays, "day"),
    };

    private static string Count(long number, string unit) => $"{number} {unit}{(number == 1 ? string.Empty : "s")}";
}
