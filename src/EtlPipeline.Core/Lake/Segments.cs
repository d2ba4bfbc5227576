using System.Numerics;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// A part of a table: the rows whose keys lie above the upper bound of the segment before, and not above this one's. The segments of a table
/// cover every possible key; the unknown ones are the last.
/// </summary>
public sealed record Segment
{
    /// <summary>The upper bound; null for the last segment.</summary>
    public RowKey? To { get; init; }

    /// <summary>How many rows it has, as last counted.</summary>
    public long Rows { get; init; }

    /// <summary>Bytes of these rows as JSON when the segment was last read.</summary>
    public long Bytes { get; init; }

    /// <summary>The sum of the hashes of the rows' keys.</summary>
    public BigInteger Keys { get; init; }

    /// <summary>The version that last held all of it; null if it was never read.</summary>
    public TableVersion? Read { get; init; }

    /// <summary>When that was, by the source's clock; null if it was never read.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>The older of <see cref="Read"/> and of the <c>verified</c> of the look-ups that it went with; null if it was never read.</summary>
    public TableVersion? Since { get; init; }

    /// <summary>Why it has to be read; null if it hasn't.</summary>
    public VersionReason? Due { get; init; }

    /// <summary>Whether it was never read.</summary>
    public bool IsUnknown => Read is null;
}

/// <summary>A column of a source table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as PostgreSQL prints it (<c>format_type</c>), such as <c>numeric(10,2)</c>.</param>
/// <param name="IsRequired">Whether it is NOT NULL.</param>
/// <param name="Comment">Its comment in the source; null if it has none.</param>
public sealed record SourceColumn(string Name, string Type, bool IsRequired, string? Comment = null);

/// <summary>
/// What lies beside a version under <c>{table}/{version}.segments</c>, as gzipped JSON: everything that the next run and the other stages
/// have to know and that may be too long for an object's metadata.
/// </summary>
public sealed record SegmentsObject
{
    /// <summary>The table.</summary>
    public required TableName Table { get; init; }

    /// <summary>The table's key.</summary>
    public required TableKey Key { get; init; }

    /// <summary>The table's columns, in order.</summary>
    public required IReadOnlyList<SourceColumn> Columns { get; init; }

    /// <summary>The table's comment in the source; null if it has none.</summary>
    public string? Comment { get; init; }

    /// <summary>The range of keys of a chunk; null for changes.</summary>
    public KeyRange? Range { get; init; }

    /// <summary>The version of each look-up table that this version goes with.</summary>
    public IReadOnlyDictionary<TableName, TableVersion> LookUps { get; init; } = new Dictionary<TableName, TableVersion>();

    /// <summary>Whether an event has accepted deletes, and the table has not been complete since.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>The version of the software that wrote it.</summary>
    public string Software { get; init; } = string.Empty;

    /// <summary>The table's segments, in key order; at least one.</summary>
    public required IReadOnlyList<Segment> Segments { get; init; }

    /// <summary>The transactions whose rows were visible in the snapshot, from <c>snapshot-xmin</c> on.</summary>
    public SeenTransactions Seen { get; init; } = SeenTransactions.None;

    /// <summary>
    /// Whether the object can be relied on: bounds rise and fit the key, only the last one is open, the unknown segments are the last, and no
    /// count is negative.
    /// </summary>
    public bool IsSound()
    {
        if (Segments.Count == 0 || Segments[^1].To is { } || Columns.Count == 0) return false;
        if (Range is { } range && !(FitsBound(range.From) && FitsBound(range.To))) return false;
        for (var i = 0; i < Segments.Count; i++)
        {
            var (segment, previous) = (Segments[i], i > 0 ? Segments[i - 1] : null);
            if (segment.Rows < 0 || segment.Bytes < 0 || !FitsBound(segment.To)) return false;
            if (segment.IsUnknown ? segment.Since is { } || segment.Due is { } : segment.ReadAt is null || segment.Since is null) return false;
            if (previous is null) continue;
            if (previous.To is null || (previous.IsUnknown && !segment.IsUnknown)) return false;
            if (segment.To is { } to && Key.Compare(previous.To, to) >= 0) return false;
        }

        return true;
    }

    private bool FitsBound(RowKey? bound) => bound is null || Key.Fits(bound);
}

/// <summary>A set of transaction ids, kept as a bitmap from a first id on. Ids are those of <c>xid8</c>: they never wrap around.</summary>
public sealed class SeenTransactions
{
    /// <summary>Bytes of the longest bitmap: 4 MiB. What lies beyond isn't in the set, so that its rows are sent once more.</summary>
    public const int LongestBitmap = 4 << 20;

    private readonly byte[] _bits;

    /// <summary>Makes the set of a bitmap.</summary>
    /// <param name="first">The id of the lowest bit of the first byte.</param>
    /// <param name="bits">Bit <c>i % 8</c> of byte <c>i / 8</c> stands for <c>first + i</c>.</param>
    public SeenTransactions(ulong first, byte[] bits) => (First, _bits) = (first, bits);

    /// <summary>The empty set.</summary>
    public static SeenTransactions None { get; } = new(0, []);

    /// <summary>The id of the first bit.</summary>
    public ulong First { get; }

    /// <summary>The bitmap.</summary>
    public ReadOnlyMemory<byte> Bits => _bits;

    /// <summary>Whether the set has an id.</summary>
    public bool Contains(ulong id) => id >= First && (id - First) / 8 < (ulong)_bits.Length && (_bits[(id - First) / 8] & (1 << (int)((id - First) % 8))) != 0;

    /// <summary>Makes the set of some ids; those below <paramref name="first"/>, or too far above it, are left out.</summary>
    /// <param name="first">The lowest id that matters.</param>
    /// <param name="ids">The ids, in any order.</param>
    public static SeenTransactions Of(ulong first, IEnumerable<ulong> ids)
    {
        var kept = ids.Where(id => id >= first && id - first < (ulong)LongestBitmap * 8).Select(id => id - first).ToList();
        var bits = new byte[kept.Count == 0 ? 0 : (int)(kept.Max() / 8) + 1];
        foreach (var id in kept) bits[id / 8] |= (byte)(1 << (int)(id % 8));
        return new SeenTransactions(first, bits);
    }
}
