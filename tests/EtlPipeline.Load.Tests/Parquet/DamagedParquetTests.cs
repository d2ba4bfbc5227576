using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Load.Tests.Parquet;

public class DamagedParquetTests
{
    private static readonly string Rows = Payment.Rows(new Payment(1), new Payment(2));

    public static TheoryData<string> Damages => ["empty", "text", "truncated", "no footer", "flipped", "footer length"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_object_stops_its_target_and_the_error_names_the_key(string damage)
    {
        await using var load = await LoadScenario.CreateAsync();
        var (body, _, _) = await LoadScenario.WriteParquetAsync(Rows);
        await load.PutAsync("fact_payment", 1, Damage(body, damage), Metadata(2));
        await load.PutAsync("fact_payment", 2, Payment.Rows(new Payment(3)));
        await load.PutAsync("dim_currency", 1, "SELECT 5 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        var message = await load.FailingSweepAsync();

        Assert.Contains("key 'fact_payment/2026-11-23_12-01-00-000000.parquet'", message, StringComparison.Ordinal);
        Assert.Equal("(dim_currency)", await load.RowsAsync("SELECT target FROM etl_load"));
        Assert.Equal("(0)", await load.RowsAsync("SELECT count(*) FROM fact_payment"));
    }

    [Fact]
    public async Task A_later_version_made_from_all_rows_takes_the_place_of_a_damaged_one_and_those_between()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Rows);
        await load.PutAsync("fact_payment", 2, [1, 2, 3], ObjectMetadata.Empty);
        await load.PutAsync("fact_payment", 3, Payment.Rows(new Payment(2, 8)));
        await load.PutAsync("fact_payment", 4, "SELECT 'no payment' AS x", metadata => metadata with { IsWhole = true });
        await load.PutCompleteAsync("fact_payment", 5, Payment.Rows(new Payment(2, 9)));
        await load.PutAsync("fact_payment", 6, Payment.Rows(new Payment(3)));
        var summary = await load.SweepAsync();

        Assert.Equal([false, true, true, true, false, false], summary.Versions.Select(version => version.Skipped));
        Assert.Equal("(f) (t) (t) (t) (f) (f)", await load.RowsAsync("SELECT is_skipped FROM etl_load ORDER BY version"));
        Assert.Equal("(2,9.00) (3,1.00)", await load.RowsAsync("SELECT payment_id, payment_amount FROM payment_current ORDER BY 1"));
    }

    [Fact]
    public async Task A_file_whose_rows_are_not_as_many_as_its_metadata_says_is_damaged()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Rows, metadata => metadata with { Rows = 3 });

        Assert.Contains("the file has 2 rows, and its metadata says 3", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_whose_hash_is_not_the_one_in_its_metadata_is_not_even_opened(bool isIntact)
    {
        await using var load = await LoadScenario.CreateAsync();
        var (body, _, _) = await LoadScenario.WriteParquetAsync(Rows);
        var metadata = new ProcessedMetadata
        {
            Rows = 2,
            Rejected = 0,
            IsWhole = false,
            KeyColumn = "payment_id",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(body)),
        };
        if (!isIntact) body[^30] ^= 1;
        await load.PutAsync("fact_payment", 1, body, metadata.ToObjectMetadata());

        if (isIntact) await load.SweepAsync();
        else Assert.Contains("it is not the file that Transform wrote", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal(isIntact ? "(2)" : "(0)", await load.RowsAsync("SELECT count(*) FROM fact_payment"));
    }

    [Fact]
    public async Task A_file_without_metadata_is_taken_for_a_delta()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Rows);
        var (body, _, _) = await LoadScenario.WriteParquetAsync(Payment.Rows(new Payment(2, 3)));
        await load.PutAsync("fact_payment", 2, body, ObjectMetadata.Empty);
        await load.SweepAsync();

        Assert.Equal("(1,1.00) (2,3.00)", await load.RowsAsync("SELECT payment_id, payment_amount FROM payment_current ORDER BY 1"));
    }

    [Fact]
    public async Task A_version_that_could_not_be_read_before_counts_as_loaded_and_deletes_nothing()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Rows);
        await load.PutAsync("fact_payment", 2, Payment.NoRows, metadata => metadata with { IsWhole = true, IsUnreadable = true });
        await load.SweepAsync();

        Assert.Equal("(2) (0)", await load.RowsAsync("SELECT rows FROM etl_load ORDER BY version"));
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM payment_current"));
    }

    [Fact]
    public async Task What_a_file_holds_is_in_no_message()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE dim_code (id integer PRIMARY KEY, code varchar(3) NOT NULL)");
        await load.PutAsync("dim_code", 1, $"SELECT 1 AS id, '{PlantedSecret.Value}' AS code");
        var (body, _, _) = await LoadScenario.WriteParquetAsync($"SELECT '{PlantedSecret.Value}' AS currency_id");
        body.AsSpan().Replace((byte)'p', (byte)0xFF);
        await load.PutAsync("dim_currency", 1, body, ObjectMetadata.Empty);
        var message = await load.FailingSweepAsync();

        Assert.DoesNotContain("lanted-secret", message + load.Log.Text, StringComparison.Ordinal);
    }

    private static ObjectMetadata Metadata(long rows) =>
        new ProcessedMetadata { Rows = rows, Rejected = 0, IsWhole = false, KeyColumn = "payment_id" }.ToObjectMetadata();

    private static byte[] Damage(byte[] body, string damage)
    {
        switch (damage)
        {
            case "empty": return [];
            case "text": return Encoding.UTF8.GetBytes("payment_id,payment_amount\n1,2.00\n");
            case "truncated": return body[..(body.Length / 2)];
            case "no footer": return [.. body[..^8], .. "XXXXPAR1"u8];
            case "footer length": return [.. body[..^8], 0xFF, 0xFF, 0xFF, 0x7F, .. "PAR1"u8];
            default:
                body.AsSpan(4, 64).Fill(0xAA);
                return body;
        }
    }
}
