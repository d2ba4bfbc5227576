using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests.Staging;

public class ValueTests
{
    [Theory]
    [InlineData("boolean", "true", "true")]
    [InlineData("smallint", "-32768", "-32768")]
    [InlineData("integer", "-2147483648", "-2147483648")]
    [InlineData("bigint", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("numeric(10,2)", "-99999999.99", "-99999999.99")]
    [InlineData("numeric(10,2)", "3.1", "3.10")]
    [InlineData("numeric(10,2)", "0", "0.00")]
    [InlineData("numeric(10,2)", "10000", "10000.00")]
    [InlineData("numeric(4,2)", "-0.07", "-0.07")]
    [InlineData("numeric(18,0)", "999999999999999999", "999999999999999999")]
    [InlineData("numeric(28,10)", "-123456789012345678.0123456789", "-123456789012345678.0123456789")]
    [InlineData("numeric(28,10)", "0.0000000001", "0.0000000001")]
    [InlineData("numeric(28,10)", "999999999999999999.9999999999", "999999999999999999.9999999999")]
    [InlineData("numeric", "3.10", "3.10")]
    [InlineData("numeric", "NaN", "NaN")]
    [InlineData("numeric", "123456789012345678901234567890123456789012345678901234567890.00001", "123456789012345678901234567890123456789012345678901234567890.00001")]
    [InlineData("numeric(40,10)", "123456789012345678901234567890.0123456789", "123456789012345678901234567890.0123456789")]
    [InlineData("double precision", "0.1", "0.1")]
    [InlineData("double precision", "NaN", "NaN")]
    [InlineData("double precision", "-Infinity", "-Infinity")]
    [InlineData("real", "0.1", "0.1")]
    [InlineData("date", "2024-02-29", "2024-02-29")]
    [InlineData("date", "0001-01-01", "0001-01-01")]
    [InlineData("date", "9999-12-31", "9999-12-31")]
    [InlineData("time without time zone", "23:59:59.999999", "23:59:59.999999")]
    [InlineData("time(3) without time zone", "14:20:52.186", "14:20:52.186")]
    [InlineData("timestamp without time zone", "1969-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999")]
    [InlineData("timestamp without time zone", "infinity", "infinity")]
    [InlineData("timestamp(3) without time zone", "2022-11-03 14:20:52.186", "2022-11-03 14:20:52.186")]
    [InlineData("timestamp with time zone", "2026-03-29 01:30:00.000001+00", "2026-03-29 01:30:00.000001+00")]
    [InlineData("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("json", "{\"a\":  1.0}", "{\"a\":  1.0}")]
    [InlineData("jsonb", "{\"a\": 1.0, \"b\": null}", "{\"a\": 1.0, \"b\": null}")]
    [InlineData("bytea", "\\x00ff27", "\\x00ff27")]
    [InlineData("text", "", "")]
    [InlineData("text", "O'Neil \"&\" (sons), \\ ; DROP TABLE dim_date; -- %s $1\t\n\\N", "O'Neil \"&\" (sons), \\ ; DROP TABLE dim_date; -- %s $1\t\n\\N")]
    [InlineData("text", "Zoë 東京 🚀, longer than what DuckDB keeps inside", "Zoë 東京 🚀, longer than what DuckDB keeps inside")]
    [InlineData("character varying", "exactly 12 b", "exactly 12 b")]
    [InlineData("character varying(5)", "08841", "08841")]
    [InlineData("character varying(3)", "é🚀東", "é🚀東")]
    [InlineData("integer[]", "{1,NULL,-3}", "{1,NULL,-3}")]
    [InlineData("text[]", "{a,\"b,c\",\"\\\"\"}", "{a,\"b,c\",\"\\\"\"}")]
    [InlineData("numeric(10,2)[]", "{3.10,4.00}", "{3.10,4.00}")]
    [InlineData("timestamp with time zone[]", "{\"2026-03-29 01:30:00+00\"}", "{\"2026-03-29 01:30:00+00\"}")]
    public async Task A_value_arrives_exactly_and_so_does_NULL(string type, string value, string text)
    {
        await using var load = await LoadScene.CreateAsync();
        var values = load.Target(TestTarget.Dimension("dim_value", "id", "id integer!", $"value {type}"));
        await values.WholeAsync(1, [[1, value], [2, null]]);
        await load.SweepAsync();
        await values.WholeAsync(2, [[1, value], [2, null]], VersionReason.Round);
        var summary = await load.SweepAsync();

        Assert.Equal(text, await load.Database.ScalarAsync<string>("SET TimeZone = 'UTC'; SELECT value::text FROM dim_value WHERE id = 1"));
        Assert.Equal(text, await load.Database.ScalarAsync<string>("SET TimeZone = 'UTC'; SELECT value::text FROM dim_value_history WHERE id = 1"));
        Assert.Equal("(2)", await load.RowsAsync("SELECT id FROM dim_value WHERE value IS NULL"));
        Assert.Equal(0, summary.Versions.Single().Inserted);
    }

    [Theory]
    [InlineData("smallint", "32768")]
    [InlineData("numeric(40,10)", "1.00000000001")]
    [InlineData("numeric(40,10)[]", "{1.00000000001}")]
    [InlineData("character varying(3)", "abcd")]
    [InlineData("character varying(3)", "abc ")]
    [InlineData("time(3) without time zone", "14:20:52.186001")]
    [InlineData("timestamp(3) without time zone", "2022-11-03 14:20:52.186001")]
    [InlineData("timestamp without time zone", "2022-13-03 14:20:52")]
    [InlineData("uuid", "no uuid")]
    [InlineData("json", "{")]
    [InlineData("integer[]", "{1,x}")]
    [InlineData("text", "a\0b")]
    public async Task A_value_that_a_column_can_not_hold_exactly_stops_its_target_and_the_error_names_the_column_and_not_the_value(string type, string value)
    {
        await using var load = await LoadScene.CreateAsync();
        var values = load.Target(TestTarget.Dimension("dim_value", "id", "id integer!", "other numeric", $"value {type}"));
        await values.WholeAsync(1, [[1, "1.5", value]]);
        var message = await load.FailingSweepAsync();

        Assert.Contains("column 'value'", message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, message, StringComparison.Ordinal);
        Assert.Equal("", await load.RowsAsync("SELECT version FROM etl_target"));
    }

    [Fact]
    public async Task A_key_of_a_type_that_has_no_order_of_its_source_is_refused()
    {
        await using var load = await LoadScene.CreateAsync();
        var values = load.Target(TestTarget.Dimension("dim_value", "id", "id numeric!", "value text"));
        await values.WholeAsync(1, [["1", "a"]]);

        Assert.Contains("column 'id': numeric can't be part of a key", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_a_megabyte_arrives_exactly()
    {
        await using var load = await LoadScene.CreateAsync();
        var values = load.Target(TestTarget.Dimension("dim_value", "id", "id integer!", "value text"));
        await values.WholeAsync(1, [.. Enumerable.Range(1, 5).Select(id => (object?[])[id, string.Concat(Enumerable.Repeat($"é{id}", 350_000))])]);
        await load.SweepAsync();

        Assert.Equal("(t)", await load.RowsAsync("SELECT bool_and(value = repeat('é' || id, 350000)) FROM dim_value"));
    }

    [Fact]
    public async Task Many_rows_arrive_in_their_order_across_chunks_of_vectors()
    {
        await using var load = await LoadScene.CreateAsync();
        var values = load.Target(TestTarget.Fact("fact_value", "id", "id integer!", "value text", "amount numeric(10,2)"));
        await values.WholeAsync(1, [.. Enumerable.Range(1, 20_000).Select(id => (object?[])[id, id % 7 == 0 ? null : $"value {id}", id * 0.25m])]);
        await load.SweepAsync();

        Assert.Equal("(t,20000)", await load.RowsAsync("SELECT bool_and(record_id = id AND value IS NOT DISTINCT FROM CASE WHEN id % 7 <> 0 THEN 'value ' || id END AND amount = round(id * 0.25, 2)), count(*) FROM fact_value"));
    }
}
