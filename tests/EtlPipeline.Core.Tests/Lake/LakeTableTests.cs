using System.IO.Compression;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Testing;

namespace EtlPipeline.Core.Tests.Lake;

/// <summary>A table's rows at a version, from the chain of versions that hold them.</summary>
public sealed class LakeTableTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FolderObjectStore _ingestion;

    public LakeTableTests() => _ingestion = new FolderObjectStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chunk_of_all_keys_is_the_table()
    {
        await PutAsync(1, new KeyRange(null, null), 1, "1 a", "2 b");

        Assert.Equal(["1 a", "2 b"], await ReadAsync(1));
    }

    [Fact]
    public async Task Changes_replace_and_add_rows_and_end_none()
    {
        await PutAsync(1, KeyRange.All, 1, "1 a", "2 b");
        await PutAsync(2, null, 1, "2 c", "3 d");
        await PutAsync(3, null, 1, "3 e");

        Assert.Equal(["1 a", "2 b"], await ReadAsync(1));
        Assert.Equal(["1 a", "2 c", "3 d"], await ReadAsync(2));
        Assert.Equal(["1 a", "2 c", "3 e"], await ReadAsync(3));
    }

    [Fact]
    public async Task A_chunk_ends_the_rows_of_its_range_that_it_does_not_hold_and_no_others()
    {
        await PutAsync(1, Range(null, 10), 1, "1 a", "9 b", "10 c");
        await PutAsync(2, Range(10, null), 1, "11 d", "100 e");
        await PutAsync(3, Range(9, 11), 1, "10 f");

        Assert.Equal(["1 a", "9 b", "10 f", "100 e"], await ReadAsync(3));
    }

    [Fact]
    public async Task Of_two_rows_with_one_key_the_last_one_counts()
    {
        await PutAsync(1, KeyRange.All, 1, "1 old", "1 new");

        Assert.Equal(["1 new"], await ReadAsync(1));
    }

    [Fact]
    public async Task Versions_before_the_oldest_one_that_counts_are_never_read()
    {
        await PutAsync(1, KeyRange.All, 1, "1 a");
        await PutAsync(2, KeyRange.All, 2, "2 b");
        await PutAsync(3, null, 2, "3 c");
        File.Delete(Path.Combine(_folder.Path, Key(1).Rows));

        Assert.Equal(["2 b", "3 c"], await ReadAsync(3));
    }

    [Fact]
    public async Task A_version_off_the_chain_is_left_out()
    {
        await PutAsync(1, KeyRange.All, 1, "1 a");
        await PutAsync(2, KeyRange.All, 1, "2 stray");
        await PutAsync(3, null, 1, previous: 1, "3 c");

        Assert.Equal(["1 a", "3 c"], await ReadAsync(3));
    }

    [Theory]
    [InlineData("rows", "is missing")]
    [InlineData("segments", "is missing")]
    [InlineData("body", "is damaged")]
    [InlineData("count", "has 1 rows, and not 2")]
    [InlineData("key", "is damaged: the key column 'id' is missing or null")]
    public async Task A_broken_chain_is_told(string fault, string expected)
    {
        var key = Key(1);
        var metadata = Metadata(KeyRange.All, 1, null, fault == "count" ? 2 : 1);
        if (fault != "segments") await PutAsync(key.Segments, SegmentsJson.Write(Segments(1, KeyRange.All)), ObjectMetadata.Empty);
        if (fault != "rows") await PutAsync(key.Rows, fault == "body" ? "no gzip"u8.ToArray() : Pack(fault == "key" ? "[{\"x\":1}]" : "[{\"id\":1,\"x\":1}]"), metadata.ToObjectMetadata());
        await PutAsync(2, null, 1, "2 b");

        var broken = await Assert.ThrowsAsync<UnreadableVersionException>(() => ReadAsync(2));

        Assert.Contains(expected, broken.Message, StringComparison.Ordinal);
        Assert.Contains(key.ToString(), broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_passes_by_the_oldest_version_is_broken()
    {
        await PutAsync(1, KeyRange.All, 1, "1 a");
        await PutAsync(3, null, oldest: 2, previous: 1, "3 c");

        await Assert.ThrowsAsync<UnreadableVersionException>(() => ReadAsync(3));
    }

    [Fact]
    public async Task A_table_that_is_too_large_to_be_held_is_an_error_that_names_it()
    {
        var text = new string('x', 1 << 20);
        await PutAsync(1, KeyRange.All, 1, [.. Enumerable.Range(0, 65).Select(id => $"{id} {text}")]);

        var refusal = await Assert.ThrowsAsync<PipelineException>(() => ReadAsync(1));

        Assert.Contains("'cat'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("64 MiB", refusal.Message, StringComparison.Ordinal);
    }

    private static KeyRange Range(int? from, int? to) => new(Bound(from), Bound(to));

    private static RowKey? Bound(int? key) => key is { } value ? new RowKey(FormattableString.Invariant($"{value}")) : null;

    private static TableVersion Version(int number) => new(new DateTimeOffset(2026, 11, 23, 12, 0, number, TimeSpan.Zero));

    private static VersionKey Key(int number) => new(TableName.Parse("cat"), Version(number));

    private Task PutAsync(int number, KeyRange? range, int oldest, params string[] rows) => PutAsync(number, range, oldest, number - 1, rows);

    private async Task PutAsync(int number, KeyRange? range, int oldest, int previous, params string[] rows)
    {
        await PutAsync(Key(number).Segments, SegmentsJson.Write(Segments(number, range)), ObjectMetadata.Empty);
        var body = $"[{string.Join(",\n", rows.Select(row => row.Split(' ')).Select(row => $"{{\"id\":{row[0]},\"x\":\"{row[1]}\"}}"))}]";
        await PutAsync(Key(number).Rows, Pack(body), Metadata(range, oldest, previous, rows.Length).ToObjectMetadata());
    }

    private Task<bool> PutAsync(string key, ReadOnlyMemory<byte> body, ObjectMetadata metadata) =>
        _ingestion.PutIfAbsentAsync(key, new MemoryStream(body.ToArray()), metadata, TestContext.Current.CancellationToken);

    private async Task<string[]> ReadAsync(int number)
    {
        var table = await LakeTable.ReadAsync(_ingestion, Key(number), TestContext.Current.CancellationToken);
        var rows = table.Rows.Select(row => System.Text.Json.JsonDocument.Parse(row).RootElement).OrderBy(row => row.GetProperty("id").GetInt32());
        return [.. rows.Select(row => $"{row.GetProperty("id")} {row.GetProperty("x")}")];
    }

    private static SegmentsObject Segments(int number, KeyRange? range) => new()
    {
        Table = Key(number).Table,
        Key = new TableKey([new KeyColumn("id", KeyOrder.Number)]),
        Columns = [new SourceColumn("id", "integer", IsRequired: true), new SourceColumn("x", "text", IsRequired: false)],
        Range = range,
        Segments = [new Segment()],
    };

    private static VersionMetadata Metadata(KeyRange? range, int oldest, int? previous, int rows) => new()
    {
        Kind = range is null ? VersionKind.Changes : VersionKind.Chunk,
        Reason = VersionReason.Changed,
        Source = SourceKind.Oltp,
        Run = "run",
        RunStamp = Version(1),
        Rows = rows,
        Previous = previous > 0 ? Version(previous.Value) : null,
        ExtractedAt = Version(1).Instant,
        SnapshotXmin = 1,
        SnapshotXmax = 1,
        Server = "server",
        Shape = "shape",
        Key = "id:integer",
        OldestRead = Version(oldest),
        IsComplete = true,
    };

    private static byte[] Pack(string body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(body));
        return stream.ToArray();
    }
}
