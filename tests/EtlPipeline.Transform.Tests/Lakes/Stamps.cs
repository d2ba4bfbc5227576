namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>Versions, oldest first.</summary>
public static class Stamps
{
    public const string First = "2026-11-23_12-00-00-000001";
    public const string Second = "2026-11-23_12-05-00-000002";
    public const string Third = "2026-11-23_12-10-00-000003";
    public const string Fourth = "2026-11-23_12-15-00-000004";
}
