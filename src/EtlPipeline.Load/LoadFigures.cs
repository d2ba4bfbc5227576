using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load;

/// <summary>What an invocation of Load measures: its own work, and how the warehouse stands after it.</summary>
internal sealed class LoadFigures
{
    private TimeSpan? _lag;
    private TimeSpan? _verifiedThroughAge;
    private long? _openRejects;

    /// <summary>Versions that were missing, or that were stepped over.</summary>
    public long Gaps { get; set; }

    /// <summary>Adds how long a version took from the source's snapshot to the warehouse.</summary>
    public void AddLag(TimeSpan lag) => _lag = _lag > lag ? _lag : lag;

    /// <summary>Reads how the warehouse stands. The calendar has no source, so nothing can be said of its age.</summary>
    public async Task ReadAsync(WarehouseSession session, TimeProvider clock)
    {
        if (!session.IsOpen) return;
        _openRejects = await session.ReadAsync<long>("SELECT count(*) FROM etl_rejected");
        var oldest = await session.ReadAsync<string>("SELECT coalesce(min(verified_through), '') FROM etl_target WHERE source_table IS NOT NULL");
        _verifiedThroughAge = TableVersion.TryParse(oldest, out var version) ? clock.GetUtcNow() - version.Instant : null;
    }

    /// <summary>The metrics of one target.</summary>
    public static StageMetrics OfTable(IEnumerable<VersionLoaded> versions) => new()
    {
        Rows = versions.Sum(version => version.Rows),
        Duration = new TimeSpan(versions.Sum(version => version.Elapsed.Ticks)),
        Corrections = versions.Sum(version => version.Corrections),
    };

    /// <summary>The metrics of the invocation. One that found another Load at work has no success of its own.</summary>
    public StageMetrics OfInvocation(IReadOnlyList<VersionLoaded> versions, TimeSpan elapsed, bool isSuccess) => new()
    {
        Rows = versions.Sum(version => version.Rows),
        Duration = elapsed,
        Lag = _lag,
        Corrections = versions.Sum(version => version.Corrections),
        OpenRejects = _openRejects ?? 0,
        Gaps = Gaps,
        VerifiedThroughAge = _verifiedThroughAge,
        Success = isSuccess && _openRejects is null ? null : isSuccess,
    };
}
