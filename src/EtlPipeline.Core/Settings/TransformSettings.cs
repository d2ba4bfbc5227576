namespace EtlPipeline.Core.Settings;

/// <summary>What Transform asks for.</summary>
public sealed record TransformSettings
{
    /// <summary>The ingestion bucket.</summary>
    public required string IngestionBucket { get; init; }

    /// <summary>The processed bucket.</summary>
    public required string ProcessedBucket { get; init; }

    /// <summary>Tables that are carried as they are although a target is made of one of that name; none by default.</summary>
    public TableList CopiedTables { get; init; } = TableList.None;

    /// <summary>The first day of the base calendar; 2024-01-01 by default.</summary>
    public DateOnly CalendarStart { get; init; } = new(2024, 1, 1);

    /// <summary>How many days the base calendar has; 2,557 by default, which is seven years.</summary>
    public int CalendarDays { get; init; } = 2557;

    /// <summary>A server that speaks S3's protocol, in place of Amazon's; null for Amazon's.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>Reads the settings; the caller asks the reader whether all were well.</summary>
    public static TransformSettings Read(SettingsReader settings)
    {
        var start = settings.Optional(
            "DIM_DATE_START", "the first day of the calendar, written 2024-01-01", new DateOnly(2024, 1, 1), SettingFormat.Date);
        var mostDays = Math.Min(100_000, DateOnly.MaxValue.DayNumber - start.DayNumber + 1);
        return new TransformSettings
        {
            IngestionBucket = BucketSettings.ReadIngestion(settings),
            ProcessedBucket = BucketSettings.ReadProcessed(settings),
            S3Endpoint = BucketSettings.ReadS3Endpoint(settings),
            CopiedTables = ExtractSettings.ReadCopied(settings),
            CalendarStart = start,
            CalendarDays = settings.Optional(
                "DIM_DATE_DAYS",
                $"how many days the calendar has, 1 to {mostDays}",
                Math.Min(2557, mostDays),
                SettingFormat.Number(1, mostDays)),
        };
    }
}
