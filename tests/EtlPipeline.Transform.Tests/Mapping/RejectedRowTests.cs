using EtlPipeline.Transform.Tests.Lakes;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class RejectedRowTests : IDisposable
{
    private const string Version = $"fact_sales_order/{Stamps.First}";

    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("agreed_delivery_date", "\"2022-02-30\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"2022-2-3\"", "not a date")]
    [InlineData("agreed_delivery_date", "\" 2022-02-03\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"2022-02-03\\u0000\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"03/02/2022\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"infinity\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"0044-03-15 BC\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"10000-01-01\"", "not a date")]
    [InlineData("agreed_delivery_date", "\"0000-01-01\"", "not a date")]
    [InlineData("agreed_delivery_date", "20220203", "not a date")]
    [InlineData("agreed_delivery_date", "null", "is null")]
    [InlineData("agreed_delivery_date", null, "is missing")]
    [InlineData("created_at", "\"2022-11-03\"", "not a timestamp")]
    [InlineData("created_at", "\"2022-11-03T14:20:52.1234567\"", "not a timestamp")]
    [InlineData("created_at", "\"2022-11-03T24:00:00\"", "not a timestamp")]
    [InlineData("created_at", "\"2022-11-03T14:20:52.\"", "not a timestamp")]
    [InlineData("created_at", "\"2022-11-03T14:20:52+02\"", "not a timestamp")]
    [InlineData("created_at", "\"-infinity\"", "not a timestamp")]
    [InlineData("created_at", "\"0044-03-15T00:00:00 BC\"", "not a timestamp")]
    [InlineData("last_updated", null, "is missing")]
    [InlineData("units_sold", "2147483648", "not a whole number")]
    [InlineData("units_sold", "1.0", "not a whole number")]
    [InlineData("units_sold", "1e3", "not a whole number")]
    [InlineData("units_sold", "\"1\"", "not a whole number")]
    [InlineData("units_sold", "true", "not a whole number")]
    [InlineData("units_sold", "{}", "not a whole number")]
    [InlineData("unit_price", "3.101", "more than 2 decimals")]
    [InlineData("unit_price", "0.0000000000000000000000000001", "more than 2 decimals")]
    [InlineData("unit_price", "0.00000000000000000000000000001", "more than 28 digits")]
    [InlineData("unit_price", "3.1000000000000000000000000001", "more than 28 digits")]
    [InlineData("unit_price", "100000000.00", "more than 8 digits")]
    [InlineData("unit_price", "1e2", "exponent")]
    [InlineData("unit_price", "\"NaN\"", "not a number")]
    [InlineData("unit_price", "\"Infinity\"", "not a number")]
    [InlineData("unit_price", "null", "is null")]
    public async Task A_row_that_cannot_be_transformed_goes_whole_with_its_reason_to_the_rejected_ones_and_the_rest_goes_on(
        string column, string? json, string reason)
    {
        var bad = SourceRows.With(SourceRows.SalesOrder(1), column, json);
        await _lake.PutAsync(new IngestedTable("sales_order", Stamps.First, bad, SourceRows.SalesOrder(2)));

        var summary = await _lake.SweepAsync();

        Assert.StartsWith("2|", Assert.Single(_lake.Rows(Version)), StringComparison.Ordinal);
        var rejected = Assert.Single(_lake.Rejected(Version));
        Assert.Equal(bad, rejected.GetProperty("row").GetRawText());
        Assert.Matches($"column '{column}'.*{reason}", rejected.GetProperty("reason").GetString());
        Assert.Equal((1, 1), (summary.Versions[0].Rows, summary.Versions[0].Rejected));
        Assert.Contains("rejected rows: 1", Assert.Single(_lake.Messages(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\\u0000b\"", "U+0000")]
    [InlineData("\"\\ud800\"", "not valid Unicode")]
    [InlineData("\"\\udc00\\ud800\"", "not valid Unicode")]
    [InlineData("{\"a\":1}", "isn't a string")]
    [InlineData("7", "isn't a string")]
    public async Task A_text_that_PostgreSQL_cannot_hold_is_rejected(string json, string reason)
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, SourceRows.Design(1, json), SourceRows.Design(2)));

        await _lake.SweepAsync();

        Assert.Equal(["2|Wooden|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.First}"));
        Assert.Contains(reason, _lake.Rejected($"dim_design/{Stamps.First}").Single().GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_boolean_is_true_or_false()
    {
        await _lake.PutAsync(new IngestedTable("payment", Stamps.First, SourceRows.With(SourceRows.Payment, "paid", "\"true\"")));

        await _lake.SweepAsync();

        Assert.Equal(
            "column 'paid': neither true nor false",
            _lake.Rejected($"fact_payment/{Stamps.First}").Single().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_rejected_rows_are_written_before_the_Parquet()
    {
        await PutRejectableAsync();

        await _lake.SweepAsync();

        Assert.Equal([$"rejected/{Version}.json.gz", $"{Version}.parquet"], _lake.Processed.Puts.Where(key => !key.StartsWith("dim_date", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_version_of_which_nothing_is_left_still_makes_an_object()
    {
        await PutRejectableAsync();

        await _lake.SweepAsync();

        var metadata = await _lake.MetadataAsync(Version);
        Assert.Empty(_lake.Rows(Version));
        Assert.Equal((0, 1, false), (metadata.Rows, metadata.Rejected, metadata.IsUnreadable));
        Assert.Empty((await _lake.SweepAsync()).Versions);
    }

    [Fact]
    public async Task A_rejected_row_travels_in_the_Parquet_with_its_key_and_the_reason_alone()
    {
        await PutRejectableAsync();

        await _lake.SweepAsync();

        Assert.Equal(["7|NULL|NULL|column 'units_sold': not a whole number of 32 bits"], _lake.ParquetFile(Version).Select("sales_order_id, units_sold, created_date, rejected"));
    }

    [Fact]
    public async Task A_rejected_row_whose_key_cannot_be_read_travels_with_the_reason_alone()
    {
        await _lake.PutAsync(new IngestedTable("sales_order", Stamps.First, SourceRows.With(SourceRows.SalesOrder(), "sales_order_id", "1.5"), SourceRows.SalesOrder(2)));

        await _lake.SweepAsync();

        Assert.Equal(["NULL|column 'sales_order_id': not a whole number of 32 bits", "2|NULL"], _lake.ParquetFile(Version).Select("sales_order_id, rejected"));
    }

    [Fact]
    public async Task Rejected_rows_of_a_try_that_was_killed_are_no_obstacle()
    {
        await PutRejectableAsync();
        _lake.Processed.BeforePut = key => key.EndsWith(".parquet", StringComparison.Ordinal) ? throw new IOException("killed") : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(() => _lake.SweepAsync());
        _lake.Processed.BeforePut = _ => Task.CompletedTask;

        await _lake.SweepAsync();

        Assert.Single(_lake.Rejected(Version));
        Assert.Equal(1, (await _lake.MetadataAsync(Version)).Rejected);
    }

    [Fact]
    public async Task Neither_reason_nor_log_has_a_value()
    {
        const string secret = "9999-secret";
        await _lake.PutAsync(new IngestedTable(
            "sales_order", Stamps.First, SourceRows.With(SourceRows.SalesOrder(), "agreed_payment_date", $"\"{secret}\"")));

        await _lake.SweepAsync();

        Assert.DoesNotContain(secret, _lake.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, _lake.Rejected(Version).Single().GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private Task PutRejectableAsync() => _lake.PutAsync(new IngestedTable(
        "sales_order", Stamps.First, SourceRows.With(SourceRows.SalesOrder(7), "units_sold", "\"many\"")));
}
