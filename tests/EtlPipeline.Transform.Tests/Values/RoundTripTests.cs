using System.Globalization;
using System.Text.Json;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Values;

/// <summary>Values chosen at random, with a seed that the failing test names, come out of the Parquet as they went in.</summary>
public sealed class RoundTripTests : IDisposable
{
    private const int Seed = 20261123;
    private const int Count = 2_000;

    private readonly Lake _lake = new();
    private readonly Random _random = new(Seed);

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Decimals_keep_every_digit()
    {
        string[] edges = ["0", "-0.01", "0.1", "99999999.99", "-99999999.99", "3.100", "7.00000000000000000000000000000000000000"];
        var texts = edges.Concat(Many(() => (_random.NextInt64(-9_999_999_999, 10_000_000_000) / 100m).ToString(CultureInfo.InvariantCulture))).ToList();

        var read = await RoundTripAsync("payment", "payment_amount", texts, SourceRows.Payment);

        Assert.Equal(texts.Select(text => decimal.Parse(text, CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture)), read);
    }

    [Fact]
    public async Task Dates_of_all_years_from_1_to_9999_are_kept()
    {
        var dates = new[] { DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(1582, 10, 10), new DateOnly(2024, 2, 29) }
            .Concat(Many(() => DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber))))
            .Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(dates, await RoundTripAsync("payment", "payment_date", [.. dates.Select(date => $"\"{date}\"")], SourceRows.Payment));
    }

    [Fact]
    public async Task Times_keep_every_microsecond()
    {
        var times = new[] { TimeOnly.MinValue, new TimeOnly(863_999_999_990), new TimeOnly(10) }
            .Concat(Many(() => new TimeOnly(_random.NextInt64(86_400_000_000) * 10)))
            .Select(time => time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture)).ToList();

        var read = await RoundTripAsync(
            "payment", "created_at", [.. times.Select(time => $"\"2026-03-29T{time}\"")], SourceRows.Payment, "strftime(created_date + created_time, '%H:%M:%S.%f')");

        Assert.Equal(times, read);
    }

    [Fact]
    public async Task Texts_keep_every_character()
    {
        string[] edges = ["", " ", "NULL", "'", "\"", "\\", "a,b\r\n\tc", "İıĞ", "\U0001F469‍\U0001F4BB", "\uFEFF", "\uFFFF"];
        var texts = edges.Concat(Many(RandomText)).ToList();

        var read = await RoundTripAsync("design", "design_name", [.. texts.Select(text => JsonSerializer.Serialize(text))], SourceRows.Design());

        Assert.Equal(texts, read);
    }

    [Fact]
    public async Task Integers_of_32_bits_are_kept()
    {
        var numbers = new[] { int.MinValue, int.MaxValue, 0, -1 }.Concat(Many(() => _random.Next(int.MinValue, int.MaxValue)))
            .Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(numbers, await RoundTripAsync("sales_order", "units_sold", numbers, SourceRows.SalesOrder()));
    }

    private static IEnumerable<T> Many<T>(Func<T> make) => Enumerable.Range(0, Count).Select(_ => make());

    private string RandomText() => string.Concat(Enumerable.Range(0, _random.Next(20)).Select(_ =>
    {
        var scalar = _random.Next(1, 0x10FFFF - 0x800);
        return char.ConvertFromUtf32(scalar >= 0xD800 ? scalar + 0x800 : scalar);
    }));

    private async Task<string[]> RoundTripAsync(string table, string column, IReadOnlyList<string> json, string row, string? select = null)
    {
        await _lake.PutAsync(new IngestedTable(table, Stamps.First) { Changed = [.. json.Select(value => SourceRows.With(row, column, value))] });
        var summary = await _lake.SweepAsync();
        Assert.Equal(0, Assert.Single(summary.Versions).Rejected);
        return _lake.ParquetFile($"{summary.Versions[0].Target}/{Stamps.First}").Select(select ?? column);
    }
}
