using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform;

/// <summary>Transform as a Lambda function: what it keeps from one invocation to the next, and what it does in each.</summary>
internal sealed class TransformFunction(
    IObjectStore ingestion, IObjectStore processed, Calendar calendar, TimeProvider clock, ILogger logger)
{
    public const string Name = "Transform";

    /// <summary>Reads the settings and opens the buckets.</summary>
    /// <exception cref="InvalidSettingsException">Settings are missing or malformed.</exception>
    public static TransformFunction Start(Func<string, string?> environment, TimeProvider clock, ILogger logger)
    {
        var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory, environment);
        var settings = TransformSettings.Read(reader);
        reader.ThrowIfInvalid();
        var stores = new ObjectStores(settings.S3Endpoint, clock);
        var calendar = new Calendar(settings.CalendarStart, settings.CalendarDays);
        return new TransformFunction(stores.Open(settings.IngestionBucket), stores.Open(settings.ProcessedBucket), calendar, clock, logger);
    }

    /// <summary>Serves an invocation.</summary>
    public Task HandleAsync(Stream payload, string requestId, TimeSpan remainingTime) =>
        new FunctionInvocation(Name, requestId, remainingTime, clock, logger).RunAsync(payload, async (json, deadline) =>
        {
            var progress = deadline.Watch<VersionTransformed>(transformed => $"{transformed.Target}/{transformed.Version}");
            var stage = new TransformStage(ingestion, processed, calendar, clock, logger, progress);
            await stage.RunAsync(StageEvent.Parse(json), requestId, deadline.Token);
        });
}
