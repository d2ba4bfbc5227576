using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Source;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Extract.Source.Sample;
using EtlPipeline.SampleData;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>Extract as a Lambda function: what it keeps from one invocation to the next, and what it does in each.</summary>
internal sealed class ExtractFunction(
    ExtractSettings settings, IObjectStore ingestion, SecretsExtension secrets, TimeProvider clock, ILogger logger)
{
    public const string Name = "Extract";

    /// <summary>Reads the settings and opens the bucket.</summary>
    /// <exception cref="InvalidSettingsException">Settings are missing or malformed.</exception>
    public static ExtractFunction Start(Func<string, string?> environment, TimeProvider clock, ILogger logger)
    {
        var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory, environment);
        var settings = ExtractSettings.Read(reader);
        reader.ThrowIfInvalid();
        var stores = new ObjectStores(settings.S3Endpoint, clock);
        var secrets = new SecretsExtension(new HttpClient(), environment);
        return new ExtractFunction(settings, stores.Open(settings.IngestionBucket), secrets, clock, logger);
    }

    /// <summary>Serves an invocation.</summary>
    public Task HandleAsync(Stream payload, string requestId, TimeSpan remainingTime) =>
        new FunctionInvocation(Name, requestId, remainingTime, clock, logger).RunAsync(payload, async (json, deadline) =>
        {
            var request = ExtractRequest.Parse(json);
            if (settings.Oltp is { } oltp)
                await ExtractDatabaseAsync(oltp, request, requestId, deadline);
            else
                await ExtractAsync(new SampleSource(new SampleHistory(new SampleOptions()), clock), request, requestId, deadline);
        });

    private async Task ExtractDatabaseAsync(DatabaseSettings oltp, ExtractRequest request, string requestId, InvocationDeadline deadline)
    {
        var limits = PostgreSqlSource.SessionLimits;
        if (deadline.LockTimeout < limits.LockTimeout) limits = limits with { LockTimeout = deadline.LockTimeout };
        await using var database = new PostgreSqlDatabase(await secrets.WithPasswordAsync(oltp, deadline.Token), limits);
        await ExtractAsync(new PostgreSqlSource(database, logger), request, requestId, deadline);
    }

    private async Task ExtractAsync(ISource source, ExtractRequest request, string requestId, InvocationDeadline deadline)
    {
        var progress = deadline.Watch<VersionWritten>(written => written.Table.Value);
        var options = new ExtractOptions { Tables = settings.Tables, EmptiedTables = settings.EmptiedTables };
        await new ExtractStage(source, ingestion, options, clock, logger, progress).RunAsync(request, Invocation.Unlimited(requestId, deadline.Token));
    }
}
