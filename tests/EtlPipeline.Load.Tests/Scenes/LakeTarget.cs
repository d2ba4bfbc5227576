using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Tests.Scenes;

/// <summary>A target's versions in a processed bucket; each one follows the one before, unless a test says otherwise.</summary>
internal sealed class LakeTarget(IObjectStore bucket, TargetDescription description)
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private TableVersion? _read;

    /// <summary>What the next versions say of the target.</summary>
    public TargetDescription Description { get; set; } = description;

    /// <summary>The newest version.</summary>
    public TableVersion? Newest { get; set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A version, told by its minute.</summary>
    public static TableVersion Stamp(int minute) => new(Noon.AddMinutes(minute));

    /// <summary>The key of a version.</summary>
    public VersionKey Key(int minute) => new(Description.Name, Stamp(minute));

    /// <summary>Puts rows that changed.</summary>
    public Task ChangesAsync(int minute, object?[][] rows, Func<ParquetMetadata, ParquetMetadata>? change = null, params (object?[] Key, string Reason)[] rejected) =>
        PutAsync(minute, rows, rejected, range: null, metadata => Change(change, metadata with { Kind = VersionKind.Changes, Reason = VersionReason.Changed, OldestRead = _read, Verified = _read, IsComplete = _read is { } }));

    /// <summary>Puts all rows of all keys.</summary>
    public Task WholeAsync(int minute, object?[][] rows, VersionReason reason = VersionReason.First, Func<ParquetMetadata, ParquetMetadata>? change = null, params (object?[] Key, string Reason)[] rejected)
    {
        _read = Stamp(minute);
        return PutAsync(minute, rows, rejected, KeyRange.All, metadata => Change(change, metadata with { Reason = reason, OldestRead = _read, Verified = _read, IsComplete = true }));
    }

    /// <summary>Puts all rows of a range of keys, of a table that has more than one segment; it isn't complete unless a test says so.</summary>
    public Task ChunkAsync(int minute, KeyRange range, object?[][] rows, VersionReason reason = VersionReason.First, Func<ParquetMetadata, ParquetMetadata>? change = null, params (object?[] Key, string Reason)[] rejected) =>
        PutAsync(minute, rows, rejected, range, metadata => Change(change, metadata with { Reason = reason, OldestRead = _read, Verified = _read, IsComplete = false, IsSegmented = true }));

    /// <summary>Puts a version as it is said.</summary>
    public async Task PutAsync(int minute, object?[][] rows, (object?[] Key, string Reason)[] rejected, KeyRange? range, Func<ParquetMetadata, ParquetMetadata> change, string told = "told")
    {
        var all = rows.Select(row => (object?[])[.. row, null]).Concat(rejected.Select(Reject)).ToList();
        var body = await TestParquet.WriteAsync(Description, all, KeyValues(range, told), Token);
        await PutAsync(minute, body, change(Metadata(minute, rows.Length, rejected.Length, body)).ToObjectMetadata());
    }

    /// <summary>Puts any body.</summary>
    public async Task PutAsync(int minute, byte[] body, ObjectMetadata metadata)
    {
        using var stream = new MemoryStream(body);
        Assert.True(await bucket.PutIfAbsentAsync(Key(minute).Parquet, stream, metadata, Token));
        Newest = Stamp(minute);
    }

    /// <summary>The metadata of a chunk.</summary>
    public ParquetMetadata Metadata(int minute, int rows, int rejected, byte[] body) => new()
    {
        Kind = VersionKind.Chunk,
        Reason = VersionReason.First,
        Source = SourceKind.Oltp,
        RunStamp = Stamp(minute),
        ExtractedAt = Stamp(minute).Instant,
        Previous = Newest,
        Rows = rows,
        Rejected = rejected,
        IsComplete = false,
        Mapping = Description.Mapping,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(body)),
    };

    public Dictionary<string, string> KeyValues(KeyRange? range, string told = "told")
    {
        var values = new Dictionary<string, string> { [ParquetKeys.Target] = Encoding.UTF8.GetString(Description.ToJson().Span) };
        if (range is null) return values;
        values[ParquetKeys.Range] = told;
        if (range.From is { } from) values[ParquetKeys.From] = JsonSerializer.Serialize(from.Values);
        if (range.To is { } to) values[ParquetKeys.To] = JsonSerializer.Serialize(to.Values);
        return values;
    }

    private object?[] Reject((object?[] Key, string Reason) rejected) =>
        [.. Description.Columns.Select(column => Description.Key.ToList().IndexOf(column.Name) is >= 0 and var at ? rejected.Key[at] : null), rejected.Reason];

    private static ParquetMetadata Change(Func<ParquetMetadata, ParquetMetadata>? change, ParquetMetadata metadata) => change is null ? metadata : change(metadata);
}
