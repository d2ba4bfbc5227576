using System.Runtime.CompilerServices;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Mapping;

/// <summary>A source table that an event asks to bring up to date.</summary>
/// <param name="Source">The table.</param>
/// <param name="Announced">The versions of it that the event named; none in a sweep.</param>
internal sealed record EventTable(TableName Source, IReadOnlyList<TableVersion> Announced);

/// <summary>Finds the tables that an event is about; what it says of other things is logged and left.</summary>
internal sealed class EventTables(TargetList targets, IObjectStore ingestion, StageFailures failures, ILogger logger)
{
    /// <summary>The tables, each once.</summary>
    public async IAsyncEnumerable<EventTable> ReadAsync(StageEvent stageEvent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (stageEvent is StageEvent.Doorbell doorbell)
        {
            var tables = ReadKeys(doorbell).GroupBy(key => key.Table, key => key.Version);
            foreach (var table in tables.Where(table => HasTarget(table.Key))) yield return new EventTable(table.Key, [.. table]);
            yield break;
        }

        var stored = new List<TableName>();
        await failures.GuardAsync(ingestion.Name, async () => stored.AddRange(await ingestion.ListTablesAsync(cancellationToken).ToListAsync(cancellationToken)));
        foreach (var table in stored.Where(table => !IsLookUpOnly(table)).OrderBy(table => table.Value, StringComparer.Ordinal))
            yield return new EventTable(table, []);
    }

    private List<VersionKey> ReadKeys(StageEvent.Doorbell doorbell)
    {
        var keys = new List<VersionKey>();
        foreach (var key in doorbell.Objects.Select(created => created.Key))
        {
            if (VersionKey.TryParse(key, VersionKey.RowsSuffix, out var found)) keys.Add(found);
            else if (VersionKey.TryParse(key, VersionKey.FormatOneSuffix, out var old)) failures.Add(old.Table.Value, LakeVersion.FormatOne(key));
            else Log.KeyIgnored(logger, key);
        }

        return keys;
    }

    private bool HasTarget(TableName table)
    {
        if (!IsLookUpOnly(table)) return true;
        Log.LookUpOnly(logger, table);
        return false;
    }

    private bool IsLookUpOnly(TableName table) => targets.IsLookUp(table) && targets.OfSource(table).Count == 0;
}
