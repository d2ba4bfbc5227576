// One run of Extract: the settings are those of the function, the bucket is a folder.
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory);
var settings = ExtractSettings.Read(reader);
reader.ThrowIfInvalid();
await using var database = new PostgreSqlDatabase(settings.Oltp!, PostgreSqlSource.SessionLimits);
var source = new PostgreSqlSource(database, NullLogger.Instance);
var options = new ExtractOptions { Tables = settings.Tables, EmptiedTables = settings.EmptiedTables };
var stage = new ExtractStage(source, new FolderObjectStore(settings.IngestionBucket), options, TimeProvider.System, NullLogger.Instance);
await stage.RunAsync(ExtractRequest.Scheduled, Invocation.Unlimited(Guid.NewGuid().ToString(), CancellationToken.None));
