using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Pipeline.Tests.Wire;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>Counts the effects of a run, and kills it at one of them: from then on nothing that it does has an effect.</summary>
internal sealed class CrashSwitch
{
    private readonly Lock _lock = new();
    private int _at = int.MaxValue;
    private CrashSide _side;

    /// <summary>Raised once, when the run is killed.</summary>
    public event Action? Killed;

    /// <summary>How many effects there were since the switch was set.</summary>
    public int Effects { get; private set; }

    public bool IsDead { get; private set; }

    /// <summary>Puts the switch between a pipeline and all that it reaches.</summary>
    /// <returns>What stands between it and the databases.</returns>
    public WireProxy Endanger(TestPipeline pipeline)
    {
        var proxy = new WireProxy(pipeline.Database.Settings, () => new MortalCarrier(this));
        Killed += proxy.BreakAll;
        (pipeline.Reach, pipeline.Storage) = (proxy.Reach, store => new MortalStore(store, this));
        return proxy;
    }

    /// <summary>Sets the switch for a new run that dies at an effect, counted from 0.</summary>
    public void Set(int at, CrashSide side)
    {
        lock (_lock) (Effects, _at, _side, IsDead) = (0, at, side, false);
    }

    /// <summary>Sets the switch for a new run that lives.</summary>
    public void Disarm() => Set(int.MaxValue, CrashSide.Before);

    /// <summary>Does something that is killed at an effect, and lets the next thing live.</summary>
    /// <returns>Whether it was killed; false if it had fewer effects, and ended well.</returns>
    public async Task<bool> TryDieAtAsync(int at, CrashSide side, Func<Task> action)
    {
        Set(at, side);
        try
        {
            await action();
        }
        catch (Exception exception) when (IsDead && exception is (KilledException or StageFailedException or DatabaseException))
        {
            // A dead run has nobody to tell.
        }

        var wasKilled = IsDead;
        Disarm();
        return wasKilled;
    }

    /// <summary>Says that an effect is about to take place.</summary>
    /// <returns>Whether the run dies after it; the caller sees to that with <see cref="Kill"/>.</returns>
    /// <exception cref="KilledException">The run is dead.</exception>
    public bool Begin()
    {
        lock (_lock)
        {
            if (IsDead) throw new KilledException();
            if (Effects++ != _at) return false;
            if (_side == CrashSide.After) return true;
        }

        Kill();
        throw new KilledException();
    }

    public void Kill()
    {
        lock (_lock)
        {
            if (IsDead) return;
            IsDead = true;
        }

        Killed?.Invoke();
    }
}
