namespace EtlPipeline.Core.Settings;

/// <summary>What Load asks for.</summary>
public sealed record LoadSettings
{
    /// <summary>The processed bucket.</summary>
    public required string ProcessedBucket { get; init; }

    /// <summary>The warehouse.</summary>
    public required DatabaseSettings Warehouse { get; init; }

    /// <summary>A server that speaks S3's protocol, in place of Amazon's; null for Amazon's.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>Reads the settings; the caller asks the reader whether all were well.</summary>
    public static LoadSettings Read(SettingsReader settings) => new()
    {
        ProcessedBucket = BucketSettings.ReadProcessed(settings),
        S3Endpoint = BucketSettings.ReadS3Endpoint(settings),
        Warehouse = DatabaseSettings.ReadWarehouse(settings),
    };
}
