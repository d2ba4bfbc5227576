using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Load.Tests.Parquet;

public class DamagedParquetTests
{
    private static readonly object?[][] Rows = [[1, 1, 1m, "a"], [2, 1, 1m, null]];

    public static TheoryData<string> Damages => ["empty", "text", "truncated", "no footer", "flipped", "footer length"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_object_is_stepped_over_and_the_line_names_it_even_if_its_hash_is_right(string damage)
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        var body = Damage(await TestParquet.WriteAsync(TestTarget.Sale, [.. Rows.Select(row => (object?[])[.. row, null])], sales.KeyValues(KeyRange.All), TestContext.Current.CancellationToken), damage);
        await sales.PutAsync(1, body, sales.Metadata(1, 2, 0, body).ToObjectMetadata());
        await sales.ChangesAsync(2, [[3, 1, 1m, null]]);
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await load.SweepAsync();

        Assert.Contains("Stepped over fact_sale/2026-11-23_12-01-00-000000: it can't be read as Parquet", load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("(dim_staff,loaded) (fact_sale,damaged) (fact_sale,loaded)", await load.RowsAsync("SELECT target, outcome FROM etl_load ORDER BY target, version"));
    }

    [Fact]
    public async Task A_file_whose_hash_is_not_the_one_in_its_metadata_is_not_even_opened()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, Rows, change: metadata => metadata with { Sha256 = Convert.ToHexStringLower(SHA256.HashData([])) });
        await load.SweepAsync();

        Assert.Contains("something has damaged or replaced the file since Transform wrote it", load.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("of another target", "it has 2 rows of 'dim_staff'")]
    [InlineData("without a description", "it has no 'etl.target' in its metadata")]
    [InlineData("with a description that isn't one", "A target's description isn't valid")]
    [InlineData("without a range", "its 'etl.range' is neither told nor untold")]
    [InlineData("with a bound that isn't a key", "its 'etl.from' isn't a key of the target")]
    [InlineData("without a column of its description", "it has no column 'note', which its description names")]
    [InlineData("without the reasons", "it has no column 'rejected'")]
    public async Task A_file_that_does_not_say_what_it_holds_is_damaged(string fault, string message)
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        var values = sales.KeyValues(KeyRange.All);
        var description = TestTarget.Sale;
        switch (fault)
        {
            case "of another target": values[ParquetKeys.Target] = Encoding.UTF8.GetString(TestTarget.Staff.ToJson().Span); break;
            case "without a description": values.Remove(ParquetKeys.Target); break;
            case "with a description that isn't one": values[ParquetKeys.Target] = "{\"name\": 1}"; break;
            case "without a range": values.Remove(ParquetKeys.Range); break;
            case "with a bound that isn't a key": values[ParquetKeys.From] = "[\"x\"]"; break;
            case "without a column of its description": description = description with { Columns = [.. description.Columns.SkipLast(1)] }; break;
            default: break;
        }

        var rows = Rows.Select(row => (object?[])[.. row.Take(description.Columns.Count), null]).ToList();
        var body = await TestParquet.WriteAsync(description, rows, values, TestContext.Current.CancellationToken, isWithoutRejected: fault == "without the reasons");
        await sales.PutAsync(1, body, sales.Metadata(1, 2, 0, body).ToObjectMetadata());
        await load.SweepAsync();

        Assert.Contains(message, load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("(damaged)", await load.RowsAsync("SELECT outcome FROM etl_load"));
    }

    [Fact]
    public async Task What_a_file_holds_is_in_no_message()
    {
        await using var load = await LoadScene.CreateAsync();
        var codes = load.Target(TestTarget.Dimension("dim_code", "id", "id integer!", "code character varying(3)"));
        await codes.WholeAsync(1, [[1, PlantedSecret.Value]]);
        var staff = load.Target(TestTarget.Dimension("dim_staff", "id", "id integer!", "token uuid"));
        await staff.WholeAsync(1, [[1, PlantedSecret.Value]]);
        var message = await load.FailingSweepAsync();

        Assert.Contains("column 'code'", message, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedSecret.Value, message + load.Log.Text, StringComparison.Ordinal);
    }

    private static byte[] Damage(byte[] body, string damage)
    {
        switch (damage)
        {
            case "empty": return [];
            case "text": return Encoding.UTF8.GetBytes("sale_id,amount\n1,2.00\n");
            case "truncated": return body[..(body.Length / 2)];
            case "no footer": return [.. body[..^8], .. "XXXXPAR1"u8];
            case "footer length": return [.. body[..^8], 0xFF, 0xFF, 0xFF, 0x7F, .. "PAR1"u8];
            default:
                body.AsSpan(4, 64).Fill(0xAA);
                return body;
        }
    }
}
