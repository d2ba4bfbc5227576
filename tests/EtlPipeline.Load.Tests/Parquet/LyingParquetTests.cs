using System.Buffers.Binary;
using EtlPipeline.Load.Parquet;

namespace EtlPipeline.Load.Tests.Parquet;

/// <summary>
/// Files whose footer says something else than what is in them. Its numbers are those of Thrift's compact protocol: a field of 64 bits begins
/// with 0x16 where it follows the one before, and 2 is 0x04.
/// </summary>
public class LyingParquetTests
{
    private static readonly byte[] TwoRows = [0x16, 0x04];

    private static readonly Dictionary<string, byte[]> Lies = new()
    {
        ["none"] = [0x00],
        ["one"] = [0x02],
        ["three"] = [0x06],
        ["many"] = [0x80, 0xC0, 0xCA, 0xF3, 0x84, 0xA3, 0x02],
        ["negative"] = [0x03],
        ["the smallest"] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ["the greatest"] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    };

    public static TheoryData<string> Numbers => [.. Lies.Keys];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_file_whose_footer_lies_about_its_rows_is_damaged_or_read_as_what_it_holds_wherever_it_lies(string lie)
    {
        var body = await TestFiles.WriteAsync("SELECT i AS id, 'GBP' AS code FROM range(2) AS r(i)");
        var places = Places(body);
        Assert.True(places.Count >= 3, $"the footer says in {places.Count} places that there are two rows");

        Assert.Null(Count(Forge(body, places[0], Lies[lie])));
        foreach (var place in places.Skip(1)) Assert.True(Count(Forge(body, place, Lies[lie])) is null or 2);
    }

    [Fact]
    public async Task A_file_with_more_rows_than_it_says_is_damaged()
    {
        var body = await TestFiles.WriteAsync("SELECT i AS id FROM range(2) AS r(i)");

        var failure = Assert.Throws<DamagedParquetException>(() => TestFiles.Count(Forge(body, Places(body)[0], Lies["one"])));
        Assert.Contains("the file says that it has 1 rows, and more could be read", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0u)]
    [InlineData(1u)]
    public async Task A_footer_that_lies_about_its_length_is_damaged(uint length)
    {
        var body = await TestFiles.WriteAsync("SELECT 1 AS id");
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(body.Length - 8), length);

        Assert.Throws<DamagedParquetException>(() => TestFiles.Count(body));
    }

    [Theory]
    [InlineData(new byte[] { 0x15, 0x02, 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0x15, 0x02, 0x19, 0x1C, 0x48, 0xFE, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0x15, 0x02, 0x19, 0x1C, 0x48, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    public void A_list_or_a_name_of_two_gigabytes_that_is_not_there_is_damaged(byte[] footer) =>
        Assert.Throws<DamagedParquetException>(() => TestFiles.Count(WithFooter("PAR1"u8, footer)));

    /// <summary>How many rows are read, to the end; null if the file turns out to be damaged.</summary>
    private static int? Count(byte[] body)
    {
        try
        {
            return TestFiles.Count(body);
        }
        catch (DamagedParquetException)
        {
            return null;
        }
    }

    private static List<int> Places(byte[] body)
    {
        var places = new List<int>();
        for (var at = body.Length - 8 - FooterLength(body); at < body.Length - 8; at++)
        {
            if (body.AsSpan(at).StartsWith(TwoRows)) places.Add(at);
        }

        return places;
    }

    /// <summary>Puts another number in the place of the two rows.</summary>
    private static byte[] Forge(byte[] body, int place, byte[] lie)
    {
        var begin = body.Length - 8 - FooterLength(body);
        return WithFooter(body.AsSpan(0, begin), [.. body.AsSpan(begin, place + 1 - begin), .. lie, .. body.AsSpan(place + 2, body.Length - 8 - place - 2)]);
    }

    private static byte[] WithFooter(ReadOnlySpan<byte> rows, ReadOnlySpan<byte> footer)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. rows, .. footer, .. length, .. "PAR1"u8];
    }

    private static int FooterLength(byte[] body) => BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(body.Length - 8));
}
