using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Extract;

/// <summary>What Extract extracts.</summary>
public sealed record ExtractOptions
{
    /// <summary>The tables.</summary>
    public required TableList Tables { get; init; }

    /// <summary>Tables that may lose most of their rows at once, because they are emptied as a matter of course.</summary>
    public IReadOnlySet<TableName> EmptiedTables { get; init; } = new HashSet<TableName>();

    /// <summary>Tables that are carried as they are although a target is made of one of that name: they have no look-up tables, and are none.</summary>
    public TableList CopiedTables { get; init; } = TableList.None;

    /// <summary>The sizes and times that the reading goes by.</summary>
    public ExtractLimits Limits { get; init; } = ExtractLimits.Default;
}

/// <summary>The sizes and times that Extract goes by. Bytes are bytes of rows as JSON, before compression.</summary>
public sealed record ExtractLimits
{
    /// <summary>The ones of the design.</summary>
    public static ExtractLimits Default { get; } = new();

    /// <summary>Rows that make a segment; 16,384 by default.</summary>
    public long SegmentRows { get; init; } = 16_384;

    /// <summary>Bytes that make a segment, if they come before the rows; 16 MiB by default.</summary>
    public long SegmentBytes { get; init; } = 16 << 20;

    /// <summary>How many segments a table has at most, before they grow; 4,096 by default.</summary>
    public int Segments { get; init; } = 4_096;

    /// <summary>About how large a chunk is; 32 MiB by default. A range that has grown since is read up to twice that.</summary>
    public long ChunkBytes { get; init; } = 32 << 20;

    /// <summary>How many chunks are read in one go if no index has the rows in the key's order, so that the whole is sorted for each; 8 by default.</summary>
    public int SortedChunks { get; init; } = 8;

    /// <summary>Changes that are more aren't followed; 256 MiB by default.</summary>
    public long BulkBytes { get; init; } = 256 << 20;

    /// <summary>The part of a table, as a divisor, beyond which changes aren't followed; 4 by default.</summary>
    public int BulkPart { get; init; } = 4;

    /// <summary>A table of one segment and at most so many bytes is read whole if it changes; 1 MiB by default.</summary>
    public long SmallTableBytes { get; init; } = 1 << 20;

    /// <summary>How long after it was read a segment's turn comes at the earliest; 12 hours by default.</summary>
    public TimeSpan RoundStart { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Over how long a time the turns of a table's segments are spread; 11.5 hours by default.</summary>
    public TimeSpan RoundSpread { get; init; } = TimeSpan.FromHours(11.5);

    /// <summary>How long after it was read a segment is due; 23.5 hours by default.</summary>
    public TimeSpan RoundEnd { get; init; } = TimeSpan.FromHours(23.5);
}
