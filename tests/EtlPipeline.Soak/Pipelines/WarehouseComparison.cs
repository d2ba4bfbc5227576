using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Reconciliation;

namespace EtlPipeline.Soak.Pipelines;

/// <summary>Compares the warehouse with the source, as the command <c>reconcile</c> does.</summary>
internal static class WarehouseComparison
{
    public static async Task<long> CountDifferencesAsync(PipelineSettings settings, ObjectStores buckets, CancellationToken cancellationToken)
    {
        await using var reconciler = new Reconciler(settings.Extract, settings.Load, buckets, keysShown: 0);
        var targets = await reconciler.RunAsync(cancellationToken).ToListAsync(cancellationToken);
        return targets.Sum(target => target.Wrong + target.Pending);
    }

    /// <summary>The settings that environment variables give.</summary>
    public static PipelineSettings SettingsOf(IReadOnlyDictionary<string, string> environment) =>
        PipelineSettings.Read(new SettingsReader(environment.GetValueOrDefault));
}
