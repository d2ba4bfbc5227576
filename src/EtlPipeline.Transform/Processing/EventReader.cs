using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Mapping;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Processing;

/// <summary>Finds the targets that an event is about.</summary>
internal sealed class EventReader(IReadOnlyList<ITarget> targets, ILogger logger)
{
    /// <summary>The targets, each once; what the event says of other things is logged and left.</summary>
    public IEnumerable<TargetRequest> Read(StageEvent stageEvent) => stageEvent is StageEvent.Doorbell doorbell
        ? ReadKeys(doorbell.Objects.Select(created => created.Key)).GroupBy(key => key.Table).SelectMany(Requests)
        : targets.Select(target => new TargetRequest(target, []));

    private IEnumerable<VersionKey> ReadKeys(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (VersionKey.TryParse(key, ObjectForm.Rows, out var versionKey)) yield return versionKey;
            else Log.KeyIgnored(logger, key);
        }
    }

    private IEnumerable<TargetRequest> Requests(IGrouping<TableName, VersionKey> keys)
    {
        var made = targets.Where(target => target.Source == keys.Key).ToList();
        if (made.Count == 0 && SourceCatalogue.IsLookUp(keys.Key)) Log.NoDimension(logger, keys.Key);
        else if (made.Count == 0) Log.NoTarget(logger, keys.Key);
        return made.Select(target => new TargetRequest(target, [.. keys.Select(key => key.Version)]));
    }
}
