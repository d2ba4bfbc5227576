using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Reconciliation.Warehouse;
using EtlPipeline.Targets;

namespace EtlPipeline.Reconciliation;

/// <summary>
/// Tells whether a run that began after a look has been loaded, so that what still differs can't be on its way. It judges by the lake's
/// versions and the warehouse's <c>etl_target</c>.
/// </summary>
/// <param name="ingestion">The ingestion bucket.</param>
/// <param name="warehouse">The warehouse.</param>
/// <param name="targets">The targets that the pipeline makes.</param>
/// <param name="clock">Tells what is recent.</param>
internal sealed class NextRun(IObjectStore ingestion, PostgreSqlDatabase warehouse, TargetList targets, TimeProvider clock)
{
    // Extract's object: the time of the last run that did everything.
    private const string Watermark = "timestamp";

    private readonly VersionListing _versions = new(ingestion, VersionKey.RowsSuffix, clock);

    /// <summary>What a target still waits for; null if it waits for nothing.</summary>
    /// <param name="target">The target.</param>
    /// <param name="source">Its source table; null if it has none.</param>
    /// <param name="after">The source's clock when the look was over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string?> FindObstacleAsync(TableName target, TableName? source, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var isOver = await ReadWatermarkAsync(cancellationToken) > after;
        if (source is not { } table) return isOver ? null : NoRun;
        var (newest, metadata) = await FindNewestAsync(table, cancellationToken);
        if (!isOver && !(metadata?.ExtractedAt > after)) return NoRun;
        if (newest is not { } version) return null;
        foreach (var read in targets.LookUpsOf(table).Append(table))
        {
            if ((await FindNewestAsync(read, cancellationToken)).Metadata is not { IsComplete: true }) return $"part of source table '{read}' is still to be read";
        }

        return await FindLoadedAsync(target, cancellationToken) < version ? $"version {version} of source table '{table}' isn't loaded yet" : null;
    }

    private const string NoRun = "no run has begun since";

    private async Task<(TableVersion? Version, VersionMetadata? Metadata)> FindNewestAsync(TableName table, CancellationToken cancellationToken)
    {
        if (await _versions.FindNewestAsync(table, cancellationToken) is not { } newest) return (null, null);
        var description = await ingestion.DescribeAsync(new VersionKey(table, newest).Rows, cancellationToken);
        return (newest, description is null ? null : VersionMetadata.Read(description.Metadata));
    }

    private async Task<TableVersion> FindLoadedAsync(TableName target, CancellationToken cancellationToken)
    {
        await using var snapshot = await Snapshot.TakeAsync(warehouse, cancellationToken);
        var states = await new WarehouseCatalog(snapshot).ReadStatesAsync(cancellationToken);
        return states.FirstOrDefault(state => state.Target == target)?.Version ?? default;
    }

    private async Task<DateTimeOffset> ReadWatermarkAsync(CancellationToken cancellationToken)
    {
        await using var stored = await ingestion.OpenAsync(Watermark, 0, cancellationToken);
        if (stored is null) return default;
        using var reader = new StreamReader(stored.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : default;
    }
}
