using System.Diagnostics.CodeAnalysis;

namespace EtlPipeline.Core.Lake;

/// <summary>One version of one table, and the keys under which its objects lie.</summary>
/// <param name="Table">The table of the source, or of the warehouse.</param>
/// <param name="Version">Its version.</param>
public readonly record struct VersionKey(TableName Table, TableVersion Version)
{
    /// <summary>How the key of a source table's rows ends: gzipped JSON.</summary>
    public const string RowsSuffix = ".json.gz";

    /// <summary>How the key of a segments object ends: gzipped JSON.</summary>
    public const string SegmentsSuffix = ".segments";

    /// <summary>How the key of a warehouse table's rows ends.</summary>
    public const string ParquetSuffix = ".parquet";

    /// <summary>How the key of a source table's rows ended in format 1.</summary>
    public const string FormatOneSuffix = ".json";

    private const string RejectedPrefix = "rejected/";

    /// <summary>The ingestion bucket's object: <c>{table}/{version}.json.gz</c>.</summary>
    public string Rows => Key(RowsSuffix);

    /// <summary>What lies beside it: <c>{table}/{version}.segments</c>, a <see cref="SegmentsObject"/>.</summary>
    public string Segments => Key(SegmentsSuffix);

    /// <summary>The processed bucket's object: <c>{table}/{version}.parquet</c>.</summary>
    public string Parquet => Key(ParquetSuffix);

    /// <summary>The rows that could not be transformed: <c>rejected/{table}/{version}.json.gz</c>.</summary>
    public string RejectedRows => $"{RejectedPrefix}{Key(RowsSuffix)}";

    /// <summary>The key with the given suffix.</summary>
    public string Key(string suffix) => $"{Table}/{Version}{suffix}";

    /// <summary>Reads a key with the given suffix; false if it is not exactly such a key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? key, string suffix, out VersionKey versionKey)
    {
        versionKey = default;
        if (key is null || !key.EndsWith(suffix, StringComparison.Ordinal)) return false;
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash + 1 > key.Length - suffix.Length) return false;
        if (!TableName.TryParse(key[..slash], out var table)) return false;
        if (!TableVersion.TryParse(key[(slash + 1)..^suffix.Length], out var version)) return false;
        versionKey = new VersionKey(table, version);
        return true;
    }

    /// <summary>Table and version, for messages.</summary>
    public override string ToString() => $"{Table}/{Version}";
}
