namespace EtlPipeline.SampleData;

/// <summary>What a sample history depends on. Equal options make equal histories, on every machine.</summary>
public sealed record SampleOptions
{
    /// <summary>The most that <see cref="Scale"/> may be: beyond it, order numbers would soon not fit an integer.</summary>
    public const double MaximumScale = 10_000;

    /// <summary>Which of the possible histories.</summary>
    public ulong Seed { get; init; } = 20221103;

    /// <summary>
    /// The volume: 1 is the real database's, about 22 sales and 9 purchases a business day; 0.005 makes dozens of orders in two years.
    /// Addresses, staff and the like are as many at every scale.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most <see cref="MaximumScale"/>.</exception>
    public double Scale
    {
        get;
        init => field = value is > 0 and <= MaximumScale
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The scale is above 0 and at most {MaximumScale}.");
    } = 1;

    /// <summary>The first business day. The master data is entered at half past seven on it.</summary>
    public DateOnly Start { get; init; } = new(2022, 11, 3);

    /// <summary>
    /// How often, day and night, a sales order changes without a trace in its <c>last_updated</c>; a design does half as often. Four
    /// minutes, so that two extracts five minutes apart never find everything as it was.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter than a second.</exception>
    public TimeSpan SilentUpdateInterval
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Silent updates are at least a second apart.");
    } = TimeSpan.FromMinutes(4);
}
