using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtlPipeline.TestProcesses;

/// <summary>One run of Extract, so that a test can give it a hard heap limit. The settings are those of the function; the bucket is a folder.</summary>
internal static class ExtractRun
{
    public static async Task<int> RunAsync()
    {
        var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory);
        var settings = ExtractSettings.Read(reader);
        reader.ThrowIfInvalid();
        await using var database = new PostgreSqlDatabase(settings.Oltp!, PostgreSqlSource.SessionLimits);
        var stage = new ExtractStage(
            new PostgreSqlSource(database, NullLogger.Instance),
            new FolderObjectStore(settings.IngestionBucket),
            new ExtractOptions { Tables = settings.Tables, EmptiedTables = settings.EmptiedTables },
            TimeProvider.System,
            NullLogger.Instance);
        await stage.RunAsync(ExtractRequest.Scheduled, Invocation.Unlimited(Guid.NewGuid().ToString(), CancellationToken.None));
        return 0;
    }
}
