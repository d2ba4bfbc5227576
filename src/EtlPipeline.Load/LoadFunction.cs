using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load;

/// <summary>Load as a Lambda function: what it keeps from one invocation to the next, and what it does in each.</summary>
internal sealed class LoadFunction(
    LoadSettings settings, IObjectStore processed, SecretsExtension secrets, TimeProvider clock, ILogger logger)
{
    public const string Name = "Load";

    /// <summary>Reads the settings and opens the bucket.</summary>
    /// <exception cref="InvalidSettingsException">Settings are missing or malformed.</exception>
    public static LoadFunction Start(Func<string, string?> environment, TimeProvider clock, ILogger logger)
    {
        var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory, environment);
        var settings = LoadSettings.Read(reader);
        reader.ThrowIfInvalid();
        var stores = new ObjectStores(settings.S3Endpoint, clock);
        var secrets = new SecretsExtension(new HttpClient(), environment);
        return new LoadFunction(settings, stores.Open(settings.ProcessedBucket), secrets, clock, logger);
    }

    /// <summary>Serves an invocation.</summary>
    public Task HandleAsync(Stream payload, string requestId, TimeSpan remainingTime)
    {
        var started = clock.GetTimestamp();
        return new FunctionInvocation(Name, requestId, remainingTime, clock, logger).RunAsync(payload, async (json, deadline) =>
        {
            var stageEvent = StageEvent.Parse(json);
            var database = await secrets.WithPasswordAsync(settings.Warehouse, deadline.Token);
            await using var warehouse = new PostgreSqlDatabase(database, new SessionOptions { LockTimeout = deadline.LockTimeout });
            var progress = deadline.Watch<VersionLoaded>(loaded => $"{loaded.Target}/{loaded.Version}");
            var invocation = new Invocation(requestId, () => remainingTime * 0.8 - clock.GetElapsedTime(started), deadline.Token);
            await new LoadStage(processed, warehouse, clock, logger, progress).RunAsync(stageEvent, invocation);
        });
    }
}
