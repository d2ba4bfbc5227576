using System.Globalization;

namespace EtlPipeline.Testing.Proofs;

/// <summary>How much the proofs try: enough for every change by default, everything if <c>ETL_PROOFS=long</c>.</summary>
public static class ProofSize
{
    /// <summary>Whether everything is tried.</summary>
    public static bool IsLong { get; } = string.Equals(Environment.GetEnvironmentVariable("ETL_PROOFS"), "long", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every how many crash points one is tried.</summary>
    public static int CrashPointStep => IsLong ? 1 : 20;

    /// <summary>At how many of a run's messages to and from the database, at most, a connection is broken.</summary>
    public static int BrokenConnections => IsLong ? int.MaxValue : 8;

    /// <summary>How many schedules of events are tried.</summary>
    public static int EventSchedules => IsLong ? 1000 : 6;

    /// <summary>How many histories of writers, faults and runs are tried; <c>ETL_HISTORIES</c> says another number.</summary>
    public static int Histories { get; } = Number("ETL_HISTORIES", IsLong ? 1000 : 6);

    /// <summary>The number of the first of them; <c>ETL_FIRST_HISTORY</c> says another one.</summary>
    public static int FirstHistory { get; } = Number("ETL_FIRST_HISTORY", 0);

    /// <summary>In how many histories each run is planned before it is done.</summary>
    public static int PlannedHistories => IsLong ? 100 : 2;

    /// <summary>How often the warehouse is altered by hand, and has to be mended by the round.</summary>
    public static int TamperedRounds => IsLong ? 100 : 3;

    /// <summary>How many schedules of runs are tried while the clocks step about.</summary>
    public static int ClockSchedules => IsLong ? 100 : 2;

    /// <summary>How many rounds are run in each of which every function's process is killed.</summary>
    public static int KilledRounds => IsLong ? 100 : 2;

    /// <summary>How many damaged bodies, keys or events are tried from one seed.</summary>
    public static int DamagedTexts => IsLong ? 200_000 : 1000;

    /// <summary>How many damaged Parquet files are tried from one seed.</summary>
    public static int DamagedFiles => IsLong ? 20_000 : 300;

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
