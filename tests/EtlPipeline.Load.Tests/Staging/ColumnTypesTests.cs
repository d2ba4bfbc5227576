namespace EtlPipeline.Load.Tests.Staging;

public class ColumnTypesTests
{
    [Theory]
    [InlineData("boolean", "true", "true")]
    [InlineData("smallint", "CAST(-32768 AS SMALLINT)", "-32768")]
    [InlineData("integer", "-2147483648", "-2147483648")]
    [InlineData("bigint", "CAST(-9223372036854775808 AS BIGINT)", "-9223372036854775808")]
    [InlineData("bigint", "CAST(7 AS UTINYINT)", "7")]
    [InlineData("numeric", "CAST(9223372036854775807 AS BIGINT)", "9223372036854775807")]
    [InlineData("numeric(10,2)", "CAST(-99999999.99 AS DECIMAL(10,2))", "-99999999.99")]
    [InlineData("numeric(10,2)", "CAST(3.10 AS DECIMAL(10,2))", "3.10")]
    [InlineData("numeric", "CAST(0.0000000000000000000000000001 AS DECIMAL(28,28))", "0.0000000000000000000000000001")]
    [InlineData("numeric(5,1)", "CAST(12.30 AS DECIMAL(10,2))", "12.3")]
    [InlineData("double precision", "CAST(0.1 AS DOUBLE)", "0.1")]
    [InlineData("double precision", "CAST('NaN' AS DOUBLE)", "NaN")]
    [InlineData("real", "CAST(0.1 AS FLOAT)", "0.1")]
    [InlineData("date", "DATE '2024-02-29'", "2024-02-29")]
    [InlineData("date", "DATE '0044-03-15 (BC)'", "0044-03-15 BC")]
    [InlineData("date", "DATE '12345-01-31'", "12345-01-31")]
    [InlineData("time", "TIME '23:59:59.999999'", "23:59:59.999999")]
    [InlineData("time(3)", "TIME '14:20:52.186'", "14:20:52.186")]
    [InlineData("timestamp", "TIMESTAMP '1969-12-31 23:59:59.999999'", "1969-12-31 23:59:59.999999")]
    [InlineData("timestamptz", "TIMESTAMPTZ '2026-03-29 01:30:00.000001+00'", "2026-03-29 01:30:00.000001+00")]
    [InlineData("text", "''", "")]
    [InlineData("varchar", "'O''Neil \"&\" (sons), \\ ; DROP TABLE dim_date; -- %s $1'", "O'Neil \"&\" (sons), \\ ; DROP TABLE dim_date; -- %s $1")]
    [InlineData("varchar", "'Zoë 東京 🚀'", "Zoë 東京 🚀")]
    [InlineData("varchar(5)", "'08841'", "08841")]
    [InlineData("mood", "'happy'", "happy")]
    [InlineData("short_text", "'a'", "a")]
    public async Task A_value_arrives_exactly(string type, string value, string text)
    {
        await using var load = await CreateAsync(type);
        await load.PutAsync("dim_value", 1, $"SELECT 1 AS id, {value} AS value UNION ALL SELECT 2, NULL");
        await load.SweepAsync();

        Assert.Equal(text, await load.Database.ScalarAsync<string>("SET TimeZone = 'UTC'; SELECT value::text FROM dim_value WHERE id = 1"));
        Assert.True(await load.Database.ScalarAsync<bool>("SELECT value IS NULL FROM dim_value WHERE id = 2"));
    }

    [Theory]
    [InlineData("smallint", "32768")]
    [InlineData("integer", "CAST(2147483648 AS BIGINT)")]
    [InlineData("numeric(5,1)", "CAST(12.34 AS DECIMAL(10,2))")]
    [InlineData("numeric(5,1)", "CAST(12345678.00 AS DECIMAL(10,2))")]
    [InlineData("time(3)", "TIME '14:20:52.186001'")]
    [InlineData("varchar(3)", "'abcd'")]
    [InlineData("mood", "'sad'")]
    [InlineData("date", "CAST('infinity' AS DATE)")]
    public async Task A_value_that_a_column_can_not_hold_exactly_is_an_error_and_not_rounded(string type, string value)
    {
        await using var load = await CreateAsync(type);
        await load.PutAsync("dim_value", 1, $"SELECT 1 AS id, {value} AS value");

        Assert.Contains("key 'dim_value/2026-11-23_12-01-00-000000.parquet'", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal("(0)", await load.RowsAsync("SELECT count(*) FROM dim_value"));
    }

    [Theory]
    [InlineData("integer", "'1'")]
    [InlineData("integer", "CAST(1 AS UBIGINT)")]
    [InlineData("integer", "CAST(1 AS DOUBLE)")]
    [InlineData("real", "CAST(1 AS DOUBLE)")]
    [InlineData("numeric", "CAST(1 AS DECIMAL(38,2))")]
    [InlineData("text", "1")]
    [InlineData("boolean", "1")]
    [InlineData("date", "TIMESTAMP '2026-01-01 00:00:00'")]
    [InlineData("time", "'10:00'")]
    [InlineData("timestamp", "TIMESTAMPTZ '2026-01-01 00:00:00Z'")]
    [InlineData("timestamptz", "TIMESTAMP '2026-01-01 00:00:00'")]
    [InlineData("timestamp", "TIMESTAMP_NS '2026-01-01 00:00:00'")]
    [InlineData("text", "{'a': 1}")]
    [InlineData("text", "['a']")]
    public async Task A_type_that_does_not_fit_is_an_error_that_names_table_and_column(string type, string value)
    {
        await using var load = await CreateAsync(type);
        await load.PutAsync("dim_value", 1, $"SELECT 1 AS id, {value} AS value");

        Assert.Contains("table 'dim_value', column 'value': it is ", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_a_megabyte_arrives_exactly()
    {
        await using var load = await CreateAsync("text");
        await load.PutAsync("dim_value", 1, "SELECT i::INTEGER AS id, repeat('é' || i, 350_000) AS value FROM range(5) r(i)");
        await load.SweepAsync();

        Assert.Equal("(t)", await load.RowsAsync("SELECT bool_and(value = repeat('é' || id, 350000)) FROM dim_value"));
    }

    [Fact]
    public async Task A_value_takes_the_type_of_its_column_before_it_is_compared()
    {
        await using var load = await CreateAsync("numeric(10,1)");
        await load.PutAsync("dim_value", 1, "SELECT 1 AS id, CAST(2.5 AS DECIMAL(10,1)) AS value");
        await load.PutAsync("dim_value", 2, "SELECT 1 AS id, CAST(2.50 AS DECIMAL(10,2)) AS value");
        var summary = await load.SweepAsync();

        Assert.Equal([1L, 0L], summary.Versions.Select(version => version.Written));
    }

    private static async Task<LoadScenario> CreateAsync(string type)
    {
        var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync(
            $"CREATE TYPE mood AS ENUM ('happy'); CREATE DOMAIN short_text AS varchar(3); CREATE TABLE dim_value (id integer PRIMARY KEY, value {type})");
        return load;
    }
}
