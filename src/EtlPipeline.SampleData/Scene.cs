using EtlPipeline.SampleData.Orders;
using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData;

/// <summary>What the rows of every table at one moment are made from.</summary>
internal sealed record Scene
{
    /// <summary>The moment, in UTC.</summary>
    public required DateTime Moment { get; init; }

    /// <summary>When the master data was entered.</summary>
    public required DateTime FoundedAt { get; init; }

    public required SeededDraws Draws { get; init; }

    public required IReadOnlyList<BusinessDay> Days { get; init; }

    public required SilentUpdates SilentUpdates { get; init; }

    public bool IsFounded => HasCome(FoundedAt);

    public bool HasCome(DateTime? moment) => moment <= Moment;
}
