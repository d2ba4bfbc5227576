using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Settings;

/// <summary>What Extract asks for.</summary>
public sealed record ExtractSettings
{
    /// <summary>The tables to ingest; the eleven of totesys by default.</summary>
    public required TableList Tables { get; init; }

    /// <summary>The ingestion bucket.</summary>
    public required string IngestionBucket { get; init; }

    /// <summary>The OLTP database; null where sample tables are used in its place (<c>IS_OLTP_OK=False</c>).</summary>
    public required DatabaseSettings? Oltp { get; init; }

    /// <summary>A server that speaks S3's protocol, in place of Amazon's; null for Amazon's.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>Reads the settings; the caller asks the reader whether all were well.</summary>
    public static ExtractSettings Read(SettingsReader settings)
    {
        var isOltpOk = settings.Optional(
            "IS_OLTP_OK", "True to read the database, False for sample data", true, SettingFormat.Boolean);
        return new ExtractSettings
        {
            Tables = ReadTables(settings),
            IngestionBucket = BucketSettings.ReadIngestion(settings),
            S3Endpoint = BucketSettings.ReadS3Endpoint(settings),
            Oltp = isOltpOk ? DatabaseSettings.ReadOltp(settings) : null,
        };
    }

    private static TableList ReadTables(SettingsReader settings) => settings.Optional(
        "AWS_TABLES_LIST", $"comma-separated names of tables to ingest, such as {TableList.Default}", TableList.Default, TableList.Parse);
}
