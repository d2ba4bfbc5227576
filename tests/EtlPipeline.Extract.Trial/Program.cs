// One run of Extract: the settings are those of the function, the bucket is a folder.
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Sources.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory);
var settings = ExtractSettings.Read(reader);
reader.ThrowIfInvalid();
await using var database = new PostgreSqlDatabase(settings.Oltp!, PostgreSqlSource.SessionLimits);
var source = new PostgreSqlSource(database, NullLogger.Instance);
var stage = new ExtractStage(
    source, new FolderObjectStore(settings.IngestionBucket), settings.Tables, TimeProvider.System, NullLogger.Instance);
await stage.RunAsync(ExtractRequest.Scheduled, Guid.NewGuid().ToString(), CancellationToken.None);
