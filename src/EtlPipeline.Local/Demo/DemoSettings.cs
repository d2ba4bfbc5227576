using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;

namespace EtlPipeline.Local.Demo;

/// <summary>The settings of the demo's pipeline.</summary>
internal static class DemoSettings
{
    public static PipelineSettings Of(DemoServer server, DemoFolder folder)
    {
        var (ingestion, processed) = (Bucket(folder.Ingestion), Bucket(folder.Processed));
        return new PipelineSettings(
            new ExtractSettings
            {
                Tables = TableList.Default,
                IngestionBucket = ingestion,
                Oltp = server.Database(DemoServer.Totesys),
            },
            new TransformSettings { IngestionBucket = ingestion, ProcessedBucket = processed },
            new LoadSettings { ProcessedBucket = processed, Warehouse = server.Database(DemoServer.Warehouse) });
    }

    private static string Bucket(string folder) => new Uri(folder).AbsoluteUri;
}
