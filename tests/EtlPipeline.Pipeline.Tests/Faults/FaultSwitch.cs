namespace EtlPipeline.Pipeline.Tests.Faults;

/// <summary>Counts the moments of a run at which a fault could strike, over all its connections, and lets it strike at one of them, once.</summary>
internal sealed class FaultSwitch
{
    private readonly Lock _lock = new();
    private int _at = int.MaxValue;

    /// <summary>How many such moments there were since the switch was set.</summary>
    public int Moments { get; private set; }

    public bool HasStruck => Moments > _at;

    /// <summary>Sets the switch for a new run with a fault at a moment, counted from 0.</summary>
    public void Set(int at)
    {
        lock (_lock) (Moments, _at) = (0, at);
    }

    /// <summary>Sets the switch for a new run without a fault.</summary>
    public void Disarm() => Set(int.MaxValue);

    /// <summary>Such a moment has come.</summary>
    /// <returns>Whether the fault strikes now.</returns>
    public bool Strikes()
    {
        lock (_lock) return Moments++ == _at;
    }
}
