namespace EtlPipeline.Pipeline.Tests.Proofs;

/// <summary>How much the proofs try: enough for every change by default, everything where <c>ETL_PROOFS=long</c>.</summary>
internal static class ProofSize
{
    public static bool IsLong { get; } = string.Equals(Environment.GetEnvironmentVariable("ETL_PROOFS"), "long", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every how many crash points one is tried.</summary>
    public static int CrashPointStep => IsLong ? 1 : 12;

    /// <summary>How many schedules of events are tried.</summary>
    public static int EventSchedules => IsLong ? 1000 : 12;

    /// <summary>How many histories of concurrent writers are tried.</summary>
    public static int Histories => IsLong ? 10_000 : 12;
}
