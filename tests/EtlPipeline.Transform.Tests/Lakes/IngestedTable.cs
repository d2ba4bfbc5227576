using System.IO.Compression;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A version of a source table, as Extract writes it: a chunk with all keys, unless a test says otherwise.</summary>
public sealed record IngestedTable(string Table, string Version, params string[] Rows)
{
    public VersionKind Kind { get; init; } = VersionKind.Chunk;

    public VersionReason Reason { get; init; } = VersionReason.First;

    public KeyRange Range { get; init; } = KeyRange.All;

    public string? Previous { get; init; }

    public string? OldestRead { get; init; }

    public string? Verified { get; init; }

    public bool IsComplete { get; init; }

    public bool IsAccepted { get; init; }

    /// <summary>How many rows the metadata says there are.</summary>
    public int? Count { get; init; }

    public IReadOnlyList<KeyColumn> KeyColumns { get; init; } = [new KeyColumn($"{Table}_id", KeyOrder.Number)];

    public IReadOnlyList<SourceColumn> Columns { get; init; } = [new SourceColumn($"{Table}_id", "integer", IsRequired: true)];

    public IReadOnlyDictionary<string, string> LookUps { get; init; } = new Dictionary<string, string>();

    /// <summary>The upper bounds of the segments but the last.</summary>
    public IReadOnlyList<RowKey> Bounds { get; init; } = [];

    public VersionKey Key => new(TableName.Parse(Table), TableVersion.Parse(Version));

    public VersionMetadata Metadata => new()
    {
        Kind = Kind,
        Reason = Reason,
        Source = SourceKind.Oltp,
        Run = "run-1",
        RunStamp = Key.Version,
        Rows = Count ?? Rows.Length,
        Previous = Parse(Previous),
        ExtractedAt = Key.Version.Instant,
        SnapshotXmin = 1,
        SnapshotXmax = 2,
        Server = "server",
        Shape = "shape",
        Key = new TableKey(KeyColumns).ToString(),
        OldestRead = Parse(OldestRead),
        Verified = Parse(Verified),
        IsComplete = IsComplete,
    };

    public SegmentsObject Segments => new()
    {
        Table = Key.Table,
        Key = new TableKey(KeyColumns),
        Columns = Columns,
        Range = Kind == VersionKind.Chunk ? Range : null,
        LookUps = LookUps.ToDictionary(pair => TableName.Parse(pair.Key), pair => TableVersion.Parse(pair.Value)),
        IsAccepted = IsAccepted,
        Software = "9.9",
        Segments = [.. Bounds.Select(bound => Segment(bound)), Segment(null)],
    };

    public static byte[] Pack(string body) => Pack(Encoding.UTF8.GetBytes(body));

    public static byte[] Pack(byte[] body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(body);
        return stream.ToArray();
    }

    public async Task<byte[]> BodyAsync()
    {
        using var stream = new MemoryStream();
        await using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            var writer = new RowArrayWriter(gzip);
            foreach (var row in Rows) await writer.WriteAsync(Encoding.UTF8.GetBytes(row), Lake.Cancellation);
            await writer.CompleteAsync(Lake.Cancellation);
        }

        return stream.ToArray();
    }

    private Segment Segment(RowKey? bound) =>
        new() { To = bound, Rows = Rows.Length, Bytes = 1, Keys = 1, Read = Key.Version, ReadAt = Key.Version.Instant, Since = Key.Version };

    private static TableVersion? Parse(string? version) => version is null ? null : TableVersion.Parse(version);
}
