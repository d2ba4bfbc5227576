namespace EtlPipeline.Core.Settings;

/// <summary>The names of the two buckets.</summary>
internal static class BucketSettings
{
    public static string ReadIngestion(SettingsReader settings) => settings.Required(
        "AWS_INGEST_BUCKET", "the name of the ingestion bucket, or on one machine the file: URI of a folder");

    public static string ReadProcessed(SettingsReader settings) => settings.Required(
        "AWS_PROCESS_BUCKET", "the name of the processed bucket, or on one machine the file: URI of a folder");
}
