namespace EtlPipeline.Soak;

/// <summary>How long and how hard it is soaked.</summary>
internal sealed record SoakOptions
{
    /// <summary>How many schedules are run.</summary>
    public int Schedules { get; init; } = 500;

    /// <summary>The size of the source; 1 is the real database's. It stays the same: as much is deleted as inserted.</summary>
    public double Scale { get; init; } = 0.05;

    /// <summary>Which rows the writers choose.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Every how many schedules Transform and Load sweep, as they do every fifteen minutes.</summary>
    public int SweepEvery { get; init; } = 3;

    /// <summary>How long a session that has ended may be seen by the server.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
