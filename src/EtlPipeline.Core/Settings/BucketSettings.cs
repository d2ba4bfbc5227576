namespace EtlPipeline.Core.Settings;

/// <summary>The names of the two buckets.</summary>
internal static class BucketSettings
{
    public static string ReadIngestion(SettingsReader settings) => settings.Required(
        "AWS_INGEST_BUCKET", "the name of the ingestion bucket, or on one machine the file: URI of a folder");

    public static string ReadProcessed(SettingsReader settings) => settings.Required(
        "AWS_PROCESS_BUCKET", "the name of the processed bucket, or on one machine the file: URI of a folder");

    /// <summary>The name is the one under which the AWS SDKs know it.</summary>
    public static Uri? ReadS3Endpoint(SettingsReader settings) => settings.Optional(
        "AWS_ENDPOINT_URL_S3", "the address of a server that speaks S3's protocol, such as http://127.0.0.1:9000", null, SettingFormat.Address);
}
