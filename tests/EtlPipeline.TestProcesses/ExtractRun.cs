using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Sources.PostgreSql;
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
        var source = new PostgreSqlSource(database, NullLogger.Instance);
        var stage = new ExtractStage(
            source, new FolderObjectStore(settings.IngestionBucket), settings.Tables, TimeProvider.System, NullLogger.Instance);
        await stage.RunAsync(ExtractRequest.Scheduled, Guid.NewGuid().ToString(), CancellationToken.None);
        return 0;
    }
}
