using System.Globalization;

namespace EtlPipeline.Core.Lake;

/// <summary>What Transform writes beside a version of a warehouse table.</summary>
public sealed record ProcessedMetadata
{
    private const string CurrentFormat = "1";

    /// <summary>How many rows the Parquet file holds, deleted ones among them.</summary>
    public required long Rows { get; init; }

    /// <summary>How many rows could not be transformed; they lie in the object of rejected rows.</summary>
    public required long Rejected { get; init; }

    /// <summary>
    /// Whether the version was made from all rows of the source's version, not from the changed ones alone. Such a version stands by itself:
    /// it can follow a damaged one.
    /// </summary>
    public required bool IsWhole { get; init; }

    /// <summary>Whether the source's version could not be read, so that this one is empty and only counts as done.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The column by which the rows are told apart in the source; the first of the file.</summary>
    public required string KeyColumn { get; init; }

    /// <summary>The SHA-256 of the Parquet file, in lower-case hexadecimal digits; null where it was written without one.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the version holds every row that the source had: a fact that is not in it no longer exists.</summary>
    public bool IsComplete => IsWhole && !IsUnreadable && Rejected == 0;

    /// <summary>Reads the metadata of an object; null where it is missing, or any part of it damaged.</summary>
    public static ProcessedMetadata? Read(ObjectMetadata metadata)
    {
        var reader = new MetadataReader(metadata);
        if (metadata["format"] != CurrentFormat) return null;
        var read = new ProcessedMetadata
        {
            Rows = reader.Read("rows", Count),
            Rejected = reader.Read("rejected", Count),
            IsWhole = reader.Read("whole", bool.Parse),
            IsUnreadable = reader.Read("unreadable", bool.Parse),
            KeyColumn = reader.Read("key", text => text),
            Sha256 = metadata["sha-256"],
        };
        return reader.IsDamaged ? null : read;
    }

    /// <summary>The metadata as an object carries it.</summary>
    public ObjectMetadata ToObjectMetadata() => new()
    {
        { "format", CurrentFormat },
        { "rows", Rows.ToString(CultureInfo.InvariantCulture) },
        { "rejected", Rejected.ToString(CultureInfo.InvariantCulture) },
        { "whole", IsWhole ? "true" : "false" },
        { "unreadable", IsUnreadable ? "true" : "false" },
        { "key", KeyColumn },
        { "sha-256", Sha256 },
    };

    private static long Count(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
