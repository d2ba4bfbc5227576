using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Lake;

/// <summary>Reads and writes <see cref="SegmentsObject"/> as gzipped JSON.</summary>
public static class SegmentsJson
{
    private const int CurrentFormat = 2;

    // 4,096 segments with keys of 512 bytes, and the longest bitmap, stay below it.
    private const int LongestJson = 64 << 20;

    private static readonly LakeJson Json = new(new JsonSerializerOptions(LakeJson.Default.Options) { Encoder = RowJson.Encoder });

    /// <summary>Writes the object.</summary>
    public static ReadOnlyMemory<byte> Write(SegmentsObject segments)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true)) JsonSerializer.Serialize(gzip, ToDocument(segments), Json.SegmentsDocument);
        return buffer.ToArray();
    }

    /// <summary>Reads the object of a table; null if it isn't one, is another table's, or can't be relied on (<see cref="SegmentsObject.IsSound"/>).</summary>
    /// <param name="table">The table.</param>
    /// <param name="body">The object's body, compressed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<SegmentsObject?> ReadAsync(TableName table, Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await UnpackAsync(body, cancellationToken);
            if (JsonSerializer.Deserialize(json, Json.SegmentsDocument) is not { Format: CurrentFormat } document) return null;
            var segments = FromDocument(document);
            return segments.Table == table && segments.IsSound() ? segments : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The version of the software that wrote an object of any format; null if it doesn't say.</summary>
    internal static async Task<string?> ReadSoftwareAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await UnpackAsync(body, cancellationToken);
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("software", out var software) ? software.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<MemoryStream> UnpackAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
        var json = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await gzip.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (json.Length + read > LongestJson) throw new InvalidDataException("The segments are longer than any that the pipeline writes.");
            json.Write(buffer, 0, read);
        }

        json.Position = 0;
        return json;
    }

    private static SegmentsDocument ToDocument(SegmentsObject segments) => new()
    {
        Format = CurrentFormat,
        Table = segments.Table.Value,
        Software = segments.Software,
        Comment = segments.Comment,
        Key = [.. segments.Key.Columns.Select(column => new KeyColumnDocument(column.Name, column.Order == KeyOrder.Number ? "integer" : "text"))],
        Columns = [.. segments.Columns],
        IsChunk = segments.Range is { },
        From = segments.Range?.From?.Values,
        To = segments.Range?.To?.Values,
        Lookup = segments.LookUps.ToDictionary(pair => pair.Key.Value, pair => pair.Value.ToString()),
        Accepted = segments.IsAccepted,
        Segments = [.. segments.Segments.Select(ToDocument)],
        SeenFrom = segments.Seen.First,
        Seen = segments.Seen.Bits.ToArray(),
    };

    private static SegmentDocument ToDocument(Segment segment) => new()
    {
        To = segment.To?.Values,
        Rows = segment.Rows,
        Bytes = segment.Bytes,
        Keys = segment.Keys.ToString(CultureInfo.InvariantCulture),
        Read = segment.Read?.ToString(),
        ReadAt = segment.ReadAt,
        Since = segment.Since?.ToString(),
        Due = segment.Due?.ToText(),
    };

    private static SegmentsObject FromDocument(SegmentsDocument document) => new()
    {
        Table = TableName.Parse(document.Table),
        Software = document.Software ?? string.Empty,
        Comment = document.Comment,
        Key = new TableKey(document.Key.Select(column => new KeyColumn(column.Name, ParseOrder(column.Order)))),
        Columns = document.Columns,
        Range = document.IsChunk ? new KeyRange(Key(document.From), Key(document.To)) : null,
        LookUps = (document.Lookup ?? []).ToDictionary(pair => TableName.Parse(pair.Key), pair => TableVersion.Parse(pair.Value)),
        IsAccepted = document.Accepted,
        Segments = [.. document.Segments.Select(FromDocument)],
        Seen = new SeenTransactions(document.SeenFrom, document.Seen ?? []),
    };

    private static Segment FromDocument(SegmentDocument segment) => new()
    {
        To = Key(segment.To),
        Rows = segment.Rows,
        Bytes = segment.Bytes,
        Keys = BigInteger.Parse(segment.Keys, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        Read = Version(segment.Read),
        ReadAt = segment.ReadAt,
        Since = Version(segment.Since),
        Due = segment.Due is { } due ? VersionTerms.ParseReason(due) : null,
    };

    private static KeyOrder ParseOrder(string text) => text switch
    {
        "integer" => KeyOrder.Number,
        "text" => KeyOrder.Text,
        _ => throw new FormatException("An order is integer or text."),
    };

    private static RowKey? Key(IReadOnlyList<string>? values) => values is null ? null : new RowKey(values);

    private static TableVersion? Version(string? text) => text is null ? null : TableVersion.Parse(text);
}

/// <summary>The JSON of <see cref="SegmentsObject"/>.</summary>
internal sealed record SegmentsDocument
{
    public required int Format { get; init; }
    public required string Table { get; init; }
    public string? Software { get; init; }
    public string? Comment { get; init; }
    public required IReadOnlyList<KeyColumnDocument> Key { get; init; }
    public required IReadOnlyList<SourceColumn> Columns { get; init; }
    [JsonPropertyName("chunk")]
    public bool IsChunk { get; init; }
    public IReadOnlyList<string>? From { get; init; }
    public IReadOnlyList<string>? To { get; init; }
    public Dictionary<string, string>? Lookup { get; init; }
    public bool Accepted { get; init; }
    public required IReadOnlyList<SegmentDocument> Segments { get; init; }
    public ulong SeenFrom { get; init; }
    public byte[]? Seen { get; init; }
}

/// <summary>A key column in <see cref="SegmentsDocument"/>.</summary>
internal sealed record KeyColumnDocument(string Name, string Order);

/// <summary>A segment in <see cref="SegmentsDocument"/>.</summary>
internal sealed record SegmentDocument
{
    public IReadOnlyList<string>? To { get; init; }
    public required long Rows { get; init; }
    public required long Bytes { get; init; }
    public required string Keys { get; init; }
    public string? Read { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public string? Since { get; init; }
    public string? Due { get; init; }
}

/// <summary>The serializers of the lake's JSON, made at compile time: the functions are compiled natively.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SegmentsDocument))]
[JsonSerializable(typeof(TargetDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class LakeJson : JsonSerializerContext;
