using EtlPipeline.SampleData.Orders;
using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData;

/// <summary>
/// The life of a totesys database, from its first day on: a function of the options and a moment, and of nothing else. The state at a
/// later moment is that of an earlier one, lived on.
/// </summary>
/// <param name="options">Which history, and how much of it.</param>
public sealed class SampleHistory(SampleOptions options)
{
    private readonly SeededDraws _draws = new(options.Seed);

    /// <summary>What the history depends on.</summary>
    public SampleOptions Options { get; } = options;

    /// <summary>The tables at a moment. Before the first day they are empty.</summary>
    /// <param name="moment">The moment; below a millisecond nothing happens.</param>
    public SampleState At(DateTimeOffset moment)
    {
        var utc = DateTime.SpecifyKind(moment.UtcDateTime, DateTimeKind.Unspecified);
        var days = BusinessDays.Until(utc, Options, _draws);
        return new SampleState(new Scene
        {
            Moment = utc,
            FoundedAt = Options.Start.ToDateTime(new TimeOnly(7, 30)),
            Draws = _draws,
            Days = days,
            SilentUpdates = SilentUpdates.Until(utc, days, Options, _draws),
        });
    }
}
