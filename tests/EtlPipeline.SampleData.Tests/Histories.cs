namespace EtlPipeline.SampleData.Tests;

/// <summary>The moments and histories that the tests share.</summary>
internal static class Histories
{
    /// <summary>A history of dozens of orders in two years.</summary>
    public static SampleHistory Tiny { get; } = new(new SampleOptions { Scale = 0.02, SilentUpdateInterval = TimeSpan.FromHours(1) });

    public static SampleHistory Real { get; } = new(new SampleOptions());

    public static DateTimeOffset EndOf2024 { get; } = Utc(2025, 1, 1, 0, 0);

    public static SampleState RealAtEndOf2024 { get; } = Real.At(EndOf2024);

    public static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
