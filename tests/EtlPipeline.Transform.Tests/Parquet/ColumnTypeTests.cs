using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Parquet;

/// <summary>Every type of a source's column, carried as it is, at its limits and one step beyond: exact, or rejected.</summary>
public sealed class ColumnTypeTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("boolean", "BOOLEAN", new[] { "true", "false" }, new[] { "\"true\"", "1", "\"t\"" })]
    [InlineData("smallint", "INTEGER", new[] { "-32768", "32767", "0" }, new[] { "-32769", "32768", "1.0", "\"1\"" })]
    [InlineData("integer", "INTEGER", new[] { "-2147483648", "2147483647", "0", "-1", "2147483647", "-2147483648" }, new[] { "-2147483649", "2147483648", "1e1" })]
    [InlineData("bigint", "BIGINT", new[] { "-9223372036854775808", "9223372036854775807", "0", "-9223372036854775808" }, new[] { "-9223372036854775809", "9223372036854775808" })]
    [InlineData("numeric(10,2)", "DECIMAL(10,2)", new[] { "99999999.99", "-99999999.99", "0.01", "3.10" }, new[] { "100000000.00", "0.001", "\"NaN\"", "1e2" })]
    [InlineData("numeric(9,0)", "DECIMAL(9,0)", new[] { "999999999", "-999999999" }, new[] { "1000000000", "0.5" })]
    [InlineData("numeric(28,28)", "DECIMAL(28,28)", new[] { "0.9999999999999999999999999999", "-0.0000000000000000000000000001" }, new[] { "1.0000000000000000000000000000", "0.00000000000000000000000000001" })]
    [InlineData("numeric(28,3)", "DECIMAL(28,3)", new[] { "9999999999999999999999999.999", "-9999999999999999999999999.999" }, new[] { "10000000000000000000000000.000", "0.0001" })]
    [InlineData("numeric(30,2)", "VARCHAR", new[] { "9999999999999999999999999999.99", "\"NaN\"", "3.10" }, new[] { "{}", "[1]" })]
    [InlineData("numeric", "VARCHAR", new[] { "123456789012345678901234567890.123456789012345678901234567890", "\"NaN\"", "\"-Infinity\"", "3.10" }, new[] { "{}" })]
    [InlineData("real", "FLOAT", new[] { "0.1", "-1.5", "3.4028235e+38" }, new[] { "3.5e+38", "0.123456789", "\"1\"", "1e-60" })]
    [InlineData("double precision", "DOUBLE", new[] { "0.1", "1.7976931348623157e+308", "5e-324" }, new[] { "1.8e+308", "0.12345678901234567890", "\"x\"", "1e-400" })]
    [InlineData("date", "VARCHAR", new[] { "\"0001-01-01\"", "\"2024-02-29\"", "\"infinity\"", "\"10000-01-01\"", "\"0044-03-15 BC\"" }, new[] { "{}" })]
    [InlineData("time without time zone", "TIME", new[] { "\"00:00:00\"", "\"23:59:59.999999\"", "\"14:20:52.186\"" }, new[] { "\"24:00:00\"", "\"14:20:52.1234567\"", "\"14:20\"" })]
    [InlineData("time(3) without time zone", "TIME", new[] { "\"14:20:52.186\"" }, new[] { "\"14:20:60\"" })]
    [InlineData("uuid", "VARCHAR", new[] { "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"" }, new[] { "{}" })]
    [InlineData("text", "VARCHAR", new[] { "\"Größe 🎉\"", "\"\"", "\" a \"", "\"a|b\"" }, new[] { "\"a\\u0000b\"", "\"\\ud800\"", "{}" })]
    [InlineData("character varying(3)", "VARCHAR", new[] { "\"abc\"" }, new[] { "[]" })]
    [InlineData("jsonb", "VARCHAR", new[] { "\"17\"" }, new[] { "{\"a\":1}" })]
    [InlineData("integer[]", "VARCHAR", new[] { "\"{1,NULL,3}\"" }, new[] { "[1,2]" })]
    [InlineData("int4range", "VARCHAR", new[] { "\"[1,5)\"" }, new[] { "{}" })]
    public async Task A_value_is_carried_exactly_or_rejected(string type, string carried, string[] good, string[] bad)
    {
        var rows = good.Append("null").Concat(bad).Select((json, i) => $$"""{"cat_id":{{i}},"x":{{json}}}""").ToArray();
        await _lake.PutAsync(Cats(type, rows));

        await _lake.SweepAsync();

        var file = _lake.ParquetFile($"stg_cat/{Stamps.First}");
        Assert.Equal(["cat_id INTEGER", $"x {carried}", "rejected VARCHAR"], file.Types());
        var expected = good.Select(json => json.Trim('"')).Append("NULL").ToArray();
        Assert.Equal(expected.Select(Normal), file.Select("x").Take(expected.Length).Select(Normal));
        Assert.Equal(Enumerable.Range(expected.Length, bad.Length).Select(id => $"{id}|NULL|true"), file.Select("cat_id, x, starts_with(rejected, 'column ''x''')").Skip(expected.Length));
    }

    [Theory]
    [InlineData("timestamp(3) without time zone", "\"2022-11-03T14:20:52.186\"", "2022-11-03 14:20:52.186")]
    [InlineData("timestamp without time zone", "\"infinity\"", "infinity")]
    [InlineData("timestamp without time zone", "\"0044-03-15T00:00:00 BC\"", "0044-03-15 00:00:00 BC")]
    [InlineData("timestamp without time zone", "\"12022-11-03T00:00:00\"", "12022-11-03 00:00:00")]
    [InlineData("timestamp with time zone", "\"2022-11-03T14:20:52.186Z\"", "2022-11-03 14:20:52.186+00")]
    [InlineData("timestamp with time zone", "\"-infinity\"", "-infinity")]
    [InlineData("timestamp with time zone", "\"2022-11-03T14:20:52\"", null)]
    [InlineData("timestamp without time zone", "\"2022-11-03T14:20:52Z\"", null)]
    [InlineData("timestamp without time zone", "\"soon\"", null)]
    [InlineData("bytea", "\"3q2+7w==\"", @"\xdeadbeef")]
    [InlineData("bytea", "\"\"", @"\x")]
    [InlineData("bytea", "\"?\"", null)]
    [InlineData("character(5)", "\"ab   \"", "ab   ")]
    public async Task What_travels_as_text_is_what_PostgreSQL_prints(string type, string json, string? expected)
    {
        await _lake.PutAsync(Cats(type, $$"""{"cat_id":1,"x":{{json}}}"""));

        await _lake.SweepAsync();

        Assert.Equal([$"{expected ?? "NULL"}|{(expected is null ? "true" : "false")}"], _lake.ParquetFile($"stg_cat/{Stamps.First}").Select("x, rejected IS NOT NULL"));
    }

    [Fact]
    public async Task Floating_point_numbers_may_be_infinite_or_none()
    {
        await _lake.PutAsync(Cats("double precision", """{"cat_id":1,"x":"NaN"}""", """{"cat_id":2,"x":"Infinity"}""", """{"cat_id":3,"x":"-Infinity"}"""));

        await _lake.SweepAsync();

        Assert.Equal(["nan", "inf", "-inf"], _lake.ParquetFile($"stg_cat/{Stamps.First}").Select("x"));
    }

    [Fact]
    public async Task Whole_numbers_of_any_order_are_carried_exactly()
    {
        var random = new Random(7);
        var numbers = Enumerable.Range(0, 3_000).Select(i => (i % 3) switch { 0 => random.NextInt64(long.MinValue, long.MaxValue), 1 => random.Next(100), _ => i % 2 == 0 ? long.MaxValue : long.MinValue }).ToArray();
        await _lake.PutAsync(Cats("bigint", [.. numbers.Select((number, i) => FormattableString.Invariant($$"""{"cat_id":{{(int)number}},"x":{{(i % 50 == 0 ? "null" : number)}}}"""))]));

        await _lake.SweepAsync();

        Assert.Equal(
            numbers.Select((number, i) => FormattableString.Invariant($"{(int)number}|{(i % 50 == 0 ? "NULL" : number)}")),
            _lake.ParquetFile($"stg_cat/{Stamps.First}").Select("cat_id, x"));
    }

    private static IngestedTable Cats(string type, params string[] rows) => new("cat", Stamps.First, rows)
    {
        Columns = [new SourceColumn("cat_id", "integer", IsRequired: true), new SourceColumn("x", type, IsRequired: false)],
    };

    /// <summary>DuckDB prints floating-point numbers in a way of its own.</summary>
    private static string Normal(string text) =>
        text.StartsWith('.') || text.StartsWith("-.", StringComparison.Ordinal) ? text.Replace(".", "0.", StringComparison.Ordinal) :
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && text.Contains('e', StringComparison.Ordinal) ? $"{number:E8}" : text;
}
