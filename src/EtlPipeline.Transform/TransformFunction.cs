using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Transform;

/// <summary>Transform as a Lambda function: what it keeps from one invocation to the next, and what it does in each.</summary>
internal sealed class TransformFunction
{
    public const string Stage = "Transform";

    private readonly TransformStage _stage;

    /// <summary>Reads the settings and opens the buckets.</summary>
    /// <exception cref="InvalidSettingsException">Settings are missing or malformed.</exception>
    public TransformFunction(FunctionContext context)
    {
        var settings = context.ReadSettings(TransformSettings.Read);
        var stores = new ObjectStores(settings.S3Endpoint, context.Clock);
        var calendar = new Calendar(settings.CalendarStart, settings.CalendarDays);
        _stage = new TransformStage(
            stores.Open(settings.IngestionBucket), stores.Open(settings.ProcessedBucket), calendar, context.Clock, context.Logger, copied: settings.CopiedTables);
    }

    /// <summary>Serves an invocation.</summary>
    public Task RunAsync(StageEvent stageEvent, Invocation invocation) => _stage.RunAsync(stageEvent, invocation);
}
