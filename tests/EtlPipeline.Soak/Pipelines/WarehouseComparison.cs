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
        await using var source = settings.OpenSource()!;
        await using var warehouse = settings.OpenWarehouse();
        var reconciler = new Reconciler(source, warehouse, buckets.Open(settings.Extract.IngestionBucket), settings.Extract.Tables, TimeProvider.System);
        var found = await reconciler.RunAsync(new ReconcileOptions { MayWait = false, KeysShown = 0 }, cancellationToken);
        return found.Targets.Sum(target => target.Faults.Count + target.Unconfirmed.Count);
    }

    /// <summary>The settings that environment variables give.</summary>
    public static PipelineSettings SettingsOf(IReadOnlyDictionary<string, string> environment) =>
        PipelineSettings.Read(new SettingsReader(environment.GetValueOrDefault));
}
