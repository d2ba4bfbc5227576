namespace EtlPipeline.Targets.Values;

/// <summary>A moment without a time zone, as <c>timestamp</c> columns have it.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Time">Its time of day, in whole microseconds.</param>
public readonly record struct Timestamp(DateOnly Date, TimeOnly Time);
