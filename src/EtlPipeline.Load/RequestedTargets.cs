using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>The versions that a doorbell names. They say which tables to look at, not what to load.</summary>
internal sealed class RequestedTargets
{
    private readonly List<VersionKey> _versions = [];

    private RequestedTargets()
    {
    }

    public IReadOnlyList<VersionKey> Versions => _versions;

    public int Count => _versions.Count;

    /// <summary>Reads the event; null where it asks for all tables. Keys of any other form get a log line.</summary>
    public static RequestedTargets? Read(StageEvent stageEvent, ILogger logger)
    {
        if (stageEvent is not StageEvent.Doorbell doorbell) return null;
        var requested = new RequestedTargets();
        foreach (var key in doorbell.Objects.Select(created => created.Key).Distinct())
        {
            if (VersionKey.TryParse(key, ObjectForm.Parquet, out var version)) requested._versions.Add(version);
            else Log.ForeignKey(logger, key);
        }

        return requested;
    }

    public bool Includes(TableName target) => _versions.Exists(version => version.Table == target);
}
