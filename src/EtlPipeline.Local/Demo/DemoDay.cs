namespace EtlPipeline.Local.Demo;

/// <summary>How far the company's life has come.</summary>
/// <param name="Moment">The simulated moment, in UTC: an evening, or a noon where a call was killed.</param>
/// <param name="IsLoaded">Whether the warehouse has followed.</param>
internal sealed record DemoDay(DateTimeOffset Moment, bool IsLoaded);
