using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Source.PostgreSql;

/// <summary>The table of types: each value of the source with the JSON that it becomes.</summary>
public sealed class ValueTests
{
    private const string Types = """
        CREATE TYPE mood AS ENUM ('glad', 'it''s "sad"');
        CREATE TYPE pair AS (number int, word text);
        CREATE DOMAIN price AS numeric(10,2);
        CREATE DOMAIN low_price AS price;
        CREATE DOMAIN instant AS timestamptz;
        CREATE DOMAIN prices AS price[];
        """;

    [Theory]
    [InlineData("bool", "true", "true")]
    [InlineData("bool", "false", "false")]
    [InlineData("int2", "-32768", "-32768")]
    [InlineData("int4", "2147483647", "2147483647")]
    [InlineData("int8", "9223372036854775807", "9223372036854775807")]
    [InlineData("numeric", "3.10", "3.10")]
    [InlineData("numeric", "-0.000000000000000000000000000001", "-0.000000000000000000000000000001")]
    [InlineData("numeric", "123456789012345678901234567890.123456789012345678901234567890", "123456789012345678901234567890.123456789012345678901234567890")]
    [InlineData("numeric(10,2)", "7", "7.00")]
    [InlineData("numeric", "NaN", "\"NaN\"")]
    [InlineData("numeric", "-Infinity", "\"-Infinity\"")]
    [InlineData("float8", "0.1", "0.1")]
    [InlineData("float8", "0.30000000000000004", "0.30000000000000004")]
    [InlineData("float8", "1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("float8", "-0", "-0")]
    [InlineData("float8", "NaN", "\"NaN\"")]
    [InlineData("float8", "Infinity", "\"Infinity\"")]
    [InlineData("float4", "0.1", "0.1")]
    [InlineData("float4", "1e-45", "1e-45")]
    [InlineData("date", "2022-11-03", "\"2022-11-03\"")]
    [InlineData("date", "infinity", "\"infinity\"")]
    [InlineData("date", "0044-03-15 BC", "\"0044-03-15 BC\"")]
    [InlineData("time", "14:20:52.123456", "\"14:20:52.123456\"")]
    [InlineData("timetz", "14:20:52+02", "\"14:20:52+02\"")]
    [InlineData("timestamp", "2022-11-03 14:20:52.186", "\"2022-11-03T14:20:52.186\"")]
    [InlineData("timestamp", "2022-11-03 14:20:52.000001", "\"2022-11-03T14:20:52.000001\"")]
    [InlineData("timestamp", "-infinity", "\"-infinity\"")]
    [InlineData("timestamp", "0044-03-15 12:00:00 BC", "\"0044-03-15T12:00:00 BC\"")]
    [InlineData("timestamp", "12022-11-03 14:20:52", "\"12022-11-03T14:20:52\"")]
    [InlineData("timestamptz", "2022-11-03 14:20:52.186+05:30", "\"2022-11-03T08:50:52.186Z\"")]
    [InlineData("timestamptz", "infinity", "\"infinity\"")]
    [InlineData("timestamptz", "0044-03-15 12:00:00+00 BC", "\"0044-03-15T12:00:00Z BC\"")]
    [InlineData("timestamptz", "12022-11-03 14:20:52+00", "\"12022-11-03T14:20:52Z\"")]
    [InlineData("json", "{\"a\": 1.0,  \"b\":\"\\u0000\"}", "\"{\\\"a\\\": 1.0,  \\\"b\\\":\\\"\\\\u0000\\\"}\"")]
    [InlineData("jsonb", "{\"b\":1.0,\"a\":null}", "\"{\\\"a\\\": null, \\\"b\\\": 1.0}\"")]
    [InlineData("bytea", "\\x00ff10", "\"AP8Q\"")]
    [InlineData("bytea", "", "\"\"")]
    [InlineData("text", "O'Neil, \"x\" \\ ü € <b>&\t'); DROP TABLE item; --", "\"O'Neil, \\\"x\\\" \\\\ ü € <b>&\\t'); DROP TABLE item; --\"")]
    [InlineData("text", "", "\"\"")]
    [InlineData("text", "\\N", "\"\\\\N\"")]
    [InlineData("text", "a\\tb\\\\", "\"a\\\\tb\\\\\\\\\"")]
    [InlineData("text", "\b\f\n\r\t\v\u0001\u001f\u007f", "\"\\b\\f\\n\\r\\t\\u000B\\u0001\\u001F\\u007F\"")]
    [InlineData("text", "😀 ｚ \u2028 \"\"", "\"😀 ｚ \u2028 \\\"\\\"\"")]
    [InlineData("bytea", "\\x5c4e5c6e0a09", "\"XE5cbgoJ\"")]
    [InlineData("text", "no data", "\"no data\"")]
    [InlineData("varchar(5)", "08841", "\"08841\"")]
    [InlineData("char(5)", "ab", "\"ab   \"")]
    [InlineData("name", "NaN", "\"NaN\"")]
    [InlineData("mood", "it's \"sad\"", "\"it's \\\"sad\\\"\"")]
    [InlineData("uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")]
    [InlineData("interval", "1 year 2 days 03:04:05.6", "\"1 year 2 days 03:04:05.6\"")]
    [InlineData("int4[]", "{1,NULL,3}", "\"{1,NULL,3}\"")]
    [InlineData("numeric[]", "{3.10}", "\"{3.10}\"")]
    [InlineData("pair", "(1,\"a b\")", "\"(1,\\\"a b\\\")\"")]
    [InlineData("int4range", "[1,5)", "\"[1,5)\"")]
    [InlineData("inet", "192.168.0.1/24", "\"192.168.0.1/24\"")]
    [InlineData("bit(3)", "101", "\"101\"")]
    [InlineData("oid", "42", "\"42\"")]
    [InlineData("low_price", "3.1", "3.10")]
    [InlineData("instant", "2022-11-03 14:20:52+01", "\"2022-11-03T13:20:52Z\"")]
    [InlineData("prices", "{3.1}", "\"{3.10}\"")]
    public async Task A_value_is_written_exactly(string type, string value, string json)
    {
        await using var scene = await ExtractScene.CreateAsync($"{Types} CREATE TABLE item (item_id int PRIMARY KEY, value {type});");
        await scene.ExecuteAsync($"INSERT INTO item VALUES (1, '{value.Replace("'", "''", StringComparison.Ordinal)}'), (2, NULL)");

        await scene.RunAsync();

        Assert.Equal([$$"""{"item_id":1,"value":{{json}}}""", """{"item_id":2,"value":null}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task Settings_of_the_database_and_the_role_don_t_change_how_values_are_written()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, moment timestamptz, day date, span interval, bytes bytea, number float8);
            INSERT INTO item VALUES (1, '2022-11-03 14:20:52Z', '2022-11-03', '1 day 2 hours', '\x00ff', 0.1::float8 + 0.2);
            DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET DateStyle = ''SQL, DMY''', current_database());
                EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Kolkata''', current_database());
                EXECUTE format('ALTER DATABASE %I SET IntervalStyle = ''iso_8601''', current_database());
                EXECUTE format('ALTER DATABASE %I SET bytea_output = ''escape''', current_database());
                EXECUTE format('ALTER DATABASE %I SET extra_float_digits = -3', current_database());
                EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
                EXECUTE format('ALTER DATABASE %I SET search_path = pg_catalog', current_database());
            END $$;
            """);

        await scene.RunAsync();

        Assert.Equal(
            """{"item_id":1,"moment":"2022-11-03T14:20:52Z","day":"2022-11-03","span":"1 day 02:00:00","bytes":"AP8=","number":0.30000000000000004}""",
            Assert.Single((await scene.NewestAsync()).Rows));
    }

    [Fact]
    public async Task A_text_of_a_megabyte_and_a_thousand_columns_are_written_exactly()
    {
        var columns = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"\"Column \"\"{i}\" text"));
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item (item_id int PRIMARY KEY, {columns});
            INSERT INTO item (item_id, "Column ""7") VALUES (1, repeat('ü', 1048576));
            """);

        await scene.RunAsync();
        await scene.RunAsync();

        using var row = System.Text.Json.JsonDocument.Parse((await scene.NewestAsync()).Rows[0]);
        Assert.Equal(1001, row.RootElement.EnumerateObject().Count());
        Assert.Equal(new string('ü', 1_048_576), row.RootElement.GetProperty("Column \"7").GetString());
        Assert.Single(await scene.VersionsAsync());
    }
}
