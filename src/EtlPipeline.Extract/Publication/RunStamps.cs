using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Publication;

/// <summary>The stamps of a run's versions: the run's own, and from there on up. All of them come after all older ones.</summary>
internal sealed class RunStamps
{
    private TableVersion _next;

    private RunStamps(TableVersion run) => (Run, _next) = (run, run);

    /// <summary>The stamp of the run.</summary>
    public TableVersion Run { get; }

    /// <summary>Begins with the snapshot's time, or with what follows the newest stamp of any table if that is greater.</summary>
    public static RunStamps Begin(DateTimeOffset takenAt, IEnumerable<TableChain> chains)
    {
        var stamp = new TableVersion(takenAt);
        var newest = chains.Max(chain => chain.NewestStamp);
        return new RunStamps(newest is { } version && version >= stamp ? version.Next : stamp);
    }

    /// <summary>The next version's stamp; no other version has it.</summary>
    public TableVersion Take()
    {
        var stamp = _next;
        _next = stamp.Next;
        return stamp;
    }
}
