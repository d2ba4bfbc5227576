using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Settings;

/// <summary>What Extract asks for.</summary>
public sealed record ExtractSettings
{
    /// <summary>The tables to ingest; the eleven of totesys by default.</summary>
    public required TableList Tables { get; init; }

    /// <summary>Tables that may lose most of their rows at once, because they are emptied as a matter of course; none by default.</summary>
    public IReadOnlySet<TableName> EmptiedTables { get; init; } = new HashSet<TableName>();

    /// <summary>Tables that are carried as they are although a target is made of one of that name; none by default.</summary>
    public TableList CopiedTables { get; init; } = TableList.None;

    /// <summary>The ingestion bucket.</summary>
    public required string IngestionBucket { get; init; }

    /// <summary>The OLTP database; null if sample tables are used in its place (<c>IS_OLTP_OK=False</c>).</summary>
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
            EmptiedTables = settings.Optional(
                "AWS_TABLES_EMPTIED", "comma-separated names of tables that may be emptied", new HashSet<TableName>(), ReadNames),
            CopiedTables = ReadCopied(settings),
            IngestionBucket = BucketSettings.ReadIngestion(settings),
            S3Endpoint = BucketSettings.ReadS3Endpoint(settings),
            Oltp = isOltpOk ? DatabaseSettings.ReadOltp(settings) : null,
        };
    }

    /// <summary>The tables that are carried as they are, of which Transform has to know too.</summary>
    internal static TableList ReadCopied(SettingsReader settings) => settings.Optional(
        "AWS_TABLES_COPIED", "comma-separated names of tables to carry as they are although a target is made of one of that name, or * for all", TableList.None, TableList.Parse);

    private static TableList ReadTables(SettingsReader settings) => settings.Optional(
        "AWS_TABLES_LIST", $"comma-separated names of tables to ingest, such as {TableList.Default}", TableList.Default, TableList.Parse);

    private static HashSet<TableName> ReadNames(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Select(TableName.Parse)];
}
