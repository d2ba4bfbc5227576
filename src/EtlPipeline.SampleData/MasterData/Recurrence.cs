using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>When a row of the master data is updated: every few months, on the same weekday at the same time.</summary>
internal readonly record struct Recurrence
{
    private readonly DateTime _before;
    private readonly TimeSpan _period;

    private Recurrence(DateTime before, TimeSpan period) => (_before, _period) = (before, period);

    /// <summary>The updates of a row.</summary>
    public static Recurrence Of(Topic table, int key, Scene scene)
    {
        var draws = scene.Draws.For(Topic.Recurrence, key, (int)table);
        var period = TimeSpan.FromDays(7 * draws.Between(10, 40));
        var hours = TimeSpan.FromMilliseconds(draws.Between(9 * 3_600_000, 17 * 3_600_000));
        var phase = TimeSpan.FromDays(7 * draws.Below((int)period.TotalDays / 7));
        return new Recurrence(scene.FoundedAt.Date + hours + phase - period, period);
    }

    /// <summary>How often the row was updated until a moment, after it was inserted.</summary>
    public int CountUntil(DateTime moment) => Math.Max(0, (int)((moment - _before) / _period));

    /// <summary>When it was updated for the nth time; it was inserted at the given moment.</summary>
    public DateTime LastUpdated(int count, DateTime insertedAt) => count == 0 ? insertedAt : _before + count * _period;
}
