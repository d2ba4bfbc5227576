using System.IO.Compression;
using System.Numerics;
using System.Text;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class SegmentsTests
{
    private static readonly TableName Table = TableName.Parse("sales_order");
    private static readonly TableVersion Version = TableVersion.Parse("2026-11-23_12-45-03-123456");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Segments_read_back_as_they_were_written()
    {
        var written = Sample();

        var read = await ReadAsync(SegmentsJson.Write(written));

        Assert.NotNull(read);
        Assert.Equal(written.Key, read.Key);
        Assert.Equal(written.Columns, read.Columns);
        Assert.Equal(written.Segments, read.Segments);
        Assert.Equal(written.Range, read.Range);
        Assert.Equal(written.LookUps, read.LookUps);
        Assert.True(read.IsAccepted);
        Assert.Equal("1.2.3", read.Software);
        Assert.Equal(new ulong[] { 1000, 1009, 5000 }, Enumerable.Range(0, 10_000).Select(id => (ulong)id).Where(read.Seen.Contains));
    }

    public static TheoryData<string, SegmentsObject> Unsound => new()
    {
        { "no segment", Sample() with { Segments = [] } },
        { "no column", Sample() with { Columns = [] } },
        { "the last one isn't open", Sample() with { Segments = [Known("5")] } },
        { "an open one before the last", Sample() with { Segments = [Known(null), Known(null)] } },
        { "bounds out of order", Sample() with { Segments = [Known("10"), Known("9"), Known(null)] } },
        { "the same bound twice", Sample() with { Segments = [Known("9"), Known("9"), Known(null)] } },
        { "a bound that isn't a number", Sample() with { Segments = [Known("nine"), Known(null)] } },
        { "an unknown one before a known one", Sample() with { Segments = [new Segment { To = new RowKey("5") }, Known(null)] } },
        { "a negative count", Sample() with { Segments = [Known(null) with { Rows = -1 }] } },
        { "an unknown one that is due", Sample() with { Segments = [new Segment { Due = VersionReason.Round }] } },
        { "a range of another key", Sample() with { Range = new KeyRange(new RowKey("a", "b"), null) } },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task Segments_that_can_not_be_relied_on_are_none(string fault, SegmentsObject segments)
    {
        Assert.False(segments.IsSound(), fault);
        Assert.Null(await ReadAsync(SegmentsJson.Write(segments)));
    }

    [Fact]
    public async Task Segments_of_another_table_are_none() =>
        Assert.Null(await SegmentsJson.ReadAsync(TableName.Parse("staff"), new MemoryStream(SegmentsJson.Write(Sample()).ToArray()), Token));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":3}""")]
    [InlineData("not json")]
    public async Task Another_body_is_none(string json) => Assert.Null(await ReadAsync(Pack(json)));

    [Fact]
    public async Task A_damaged_body_is_none_or_sound()
    {
        var (whole, random) = (SegmentsJson.Write(Sample()).ToArray(), new Random(43));
        Assert.Null(await ReadAsync(whole.AsMemory(0, whole.Length / 2)));
        for (var round = 0; round < 500; round++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var read = await ReadAsync(damaged);
            Assert.True(read is null || read.IsSound());
        }
    }

    [Fact]
    public void Transactions_too_far_from_the_first_one_are_left_out()
    {
        var seen = SeenTransactions.Of(1000, [999, 1000, 1007, 1000 + (ulong)SeenTransactions.LongestBitmap * 8]);

        Assert.Equal(1, seen.Bits.Length);
        Assert.True(seen.Contains(1000) && seen.Contains(1007));
        Assert.False(seen.Contains(999) || seen.Contains(1001) || seen.Contains(1000 + (ulong)SeenTransactions.LongestBitmap * 8));
    }

    private static Task<SegmentsObject?> ReadAsync(ReadOnlyMemory<byte> body) => SegmentsJson.ReadAsync(Table, new MemoryStream(body.ToArray()), Token);

    private static byte[] Pack(string json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(json));
        return buffer.ToArray();
    }

    private static Segment Known(string? to) => new()
    {
        To = to is null ? null : new RowKey(to),
        Rows = 3,
        Bytes = 400,
        Keys = BigInteger.Parse("-123456789012345678901234567890", System.Globalization.CultureInfo.InvariantCulture),
        Read = Version,
        ReadAt = Version.Instant,
        Since = Version,
    };

    private static SegmentsObject Sample() => new()
    {
        Table = Table,
        Key = new TableKey([new("sales_order_id", KeyOrder.Number)]),
        Columns = [new("sales_order_id", "integer", true), new("note", "text", false, "Größe")],
        Range = new KeyRange(new RowKey("-5"), null),
        LookUps = new Dictionary<TableName, TableVersion> { [TableName.Parse("department")] = Version },
        IsAccepted = true,
        Software = "1.2.3",
        Segments = [Known("9"), Known("10") with { Due = VersionReason.Deleted }, new Segment()],
        Seen = SeenTransactions.Of(1000, [1000, 1009, 5000]),
    };
}
