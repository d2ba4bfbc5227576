namespace EtlPipeline.Core.Lake;

/// <summary>What a version of a table holds.</summary>
public enum VersionKind
{
    /// <summary>The rows that changed since the version before; nothing follows from a row's absence.</summary>
    Changes,

    /// <summary>All rows of a range of keys: what the range held before and isn't in the version was deleted.</summary>
    Chunk,
}

/// <summary>Why Extract wrote a version, or why a segment is due.</summary>
public enum VersionReason
{
    /// <summary>Rows changed.</summary>
    Changed,

    /// <summary>The segment was never read.</summary>
    First,

    /// <summary>The server is another one, was restored, restarted after a crash, or has used 2^31 transactions.</summary>
    Server,

    /// <summary>The table has another form in the catalog.</summary>
    Shape,

    /// <summary>The look-up table has changed.</summary>
    Lookup,

    /// <summary>Rows of the segment were deleted.</summary>
    Deleted,

    /// <summary>More rows changed than are worth following.</summary>
    Bulk,

    /// <summary>An event asked for all tables (<c>{"full": true}</c>).</summary>
    Full,

    /// <summary>An event asked for the table, deletes were accepted, or the lake has a version that lies off the chain.</summary>
    Repair,

    /// <summary>The daily round has come to it.</summary>
    Round,
}

/// <summary>The words of <see cref="VersionKind"/> and <see cref="VersionReason"/> as metadata and the ledger have them: in lower case.</summary>
public static class VersionTerms
{
    /// <summary>The word of a kind: <c>changes</c>, <c>chunk</c>.</summary>
    public static string ToText(this VersionKind kind) => kind == VersionKind.Chunk ? "chunk" : "changes";

    /// <summary>The word of a reason, such as <c>round</c>.</summary>
    public static string ToText(this VersionReason reason) => reason switch
    {
        VersionReason.Changed => "changed",
        VersionReason.First => "first",
        VersionReason.Server => "server",
        VersionReason.Shape => "shape",
        VersionReason.Lookup => "lookup",
        VersionReason.Deleted => "deleted",
        VersionReason.Bulk => "bulk",
        VersionReason.Full => "full",
        VersionReason.Repair => "repair",
        _ => "round",
    };

    /// <summary>Reads the word of a kind.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static VersionKind ParseKind(string text) => text switch
    {
        "changes" => VersionKind.Changes,
        "chunk" => VersionKind.Chunk,
        _ => throw new FormatException("A kind is changes or chunk."),
    };

    /// <summary>Reads the word of a reason.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static VersionReason ParseReason(string text)
    {
        foreach (var reason in Enum.GetValues<VersionReason>())
        {
            if (reason.ToText() == text) return reason;
        }

        throw new FormatException("That isn't a reason of a version.");
    }
}
