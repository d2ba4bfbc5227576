using System.Buffers.Binary;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;

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
        var (body, _, _) = await LoadScenario.WriteParquetAsync("SELECT i AS id, 'GBP' AS code FROM range(2) AS r(i)");
        var places = Places(body);
        Assert.True(places.Count >= 3, $"the footer says in {places.Count} places that there are two rows");

        Assert.Null(await CountAsync(Forge(body, places[0], Lies[lie])));
        foreach (var place in places.Skip(1)) Assert.True(await CountAsync(Forge(body, place, Lies[lie])) is null or 2);
    }

    [Fact]
    public async Task A_file_with_more_rows_than_it_says_stops_its_target_and_nothing_of_it_stays()
    {
        await using var load = await LoadScenario.CreateAsync();
        var (body, _, _) = await LoadScenario.WriteParquetAsync("SELECT i AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name FROM range(2) AS r(i)");
        await load.PutAsync("dim_currency", 1, Forge(body, Places(body)[0], Lies["one"]), ObjectMetadata.Empty);

        Assert.Contains("the file says that it has 1 rows, and more could be read", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal("(0)", await load.RowsAsync("SELECT count(*) FROM dim_currency"));
    }

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0u)]
    [InlineData(1u)]
    public async Task A_footer_that_lies_about_its_length_is_damaged(uint length)
    {
        await using var load = await LoadScenario.CreateAsync();
        var (body, _, _) = await LoadScenario.WriteParquetAsync(Payment.Rows(new Payment(1)));
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(body.Length - 8), length);
        await load.PutAsync("fact_payment", 1, body, ObjectMetadata.Empty);

        Assert.Contains("can't be read as Parquet", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x15, 0x02, 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0x15, 0x02, 0x19, 0x1C, 0x48, 0xFE, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0x15, 0x02, 0x19, 0x1C, 0x48, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    public async Task A_list_or_a_name_of_two_gigabytes_that_is_not_there_is_damaged(byte[] footer)
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, WithFooter("PAR1"u8, footer), ObjectMetadata.Empty);

        Assert.Contains("can't be read as Parquet", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_some_kilobytes_with_a_text_longer_than_any_row_is_damaged_before_the_text_is_fetched()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("dim_currency", 1, $"SELECT 1 AS currency_id, 'GBP' AS currency_code, repeat('{PlantedSecret.Value}', 3_500_000) AS currency_name");

        Assert.Contains("a row has more than 67108864 bytes, which no row of a version has", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    /// <summary>How many rows are read, to the end; null where the file turns out to be damaged.</summary>
    private static async Task<long?> CountAsync(byte[] body)
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "lie.parquet");
        await File.WriteAllBytesAsync(path, body, TestContext.Current.CancellationToken);
        try
        {
            using var file = ParquetFile.Open(path);
            using var rows = new ParquetRows(file, ["id", "code"]);
            while (rows.Read()) { }
            return rows.Count;
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
