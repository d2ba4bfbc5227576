using System.Globalization;
using System.Text.Json.Nodes;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Tests.Custom;

namespace EtlPipeline.Targets.Tests.Values;

/// <summary>A value of each kind, at its limits and one step beyond: exact, or rejected.</summary>
public sealed class ValueTests
{
    private static readonly string[] Names = ["numeric", "timestamp", "date"];

    [Theory]
    [InlineData("boolean", "true", "true")]
    [InlineData("boolean", "1", "neither true nor false")]
    [InlineData("smallint", "-32768", "-32768")]
    [InlineData("smallint", "32768", "not a whole number of 16 bits")]
    [InlineData("integer", "2147483647", "2147483647")]
    [InlineData("integer", "2147483648", "not a whole number of 32 bits")]
    [InlineData("integer", "1.0", "not a whole number of 32 bits")]
    [InlineData("bigint", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("bigint", "9223372036854775808", "not a whole number of 64 bits")]
    [InlineData("price", "-999.99", "-999.99")]
    [InlineData("price", "3.10", "3.10")]
    [InlineData("price", "3.1000000000", "3.1000000000")]
    [InlineData("price", "3.10000000000000000000", "3.10000000000000000000")]
    [InlineData("price", "1000.00", "column 'price' of the warehouse: more than 3 digits before the decimal point")]
    [InlineData("price", "0.001", "column 'price' of the warehouse: more than 2 decimals")]
    [InlineData("price", "1e2", "a number with an exponent")]
    [InlineData("price", "12345678901234567890123456789", "more than 28 digits")]
    [InlineData("wide", "999999999999999999999999999999.9999999999", "999999999999999999999999999999.9999999999")]
    [InlineData("wide", "1000000000000000000000000000000", "column 'wide' of the warehouse: more than 30 digits before the decimal point")]
    [InlineData("wide", "0.00000000001", "column 'wide' of the warehouse: more than 10 decimals")]
    [InlineData("wide", "\"NaN\"", "NaN")]
    [InlineData("wide", "\"Infinity\"", "column 'wide' of the warehouse: infinite")]
    [InlineData("numeric", "\"-Infinity\"", "-Infinity")]
    [InlineData("numeric", "\"many\"", "not a number")]
    [InlineData("real", "0.1", "0.1")]
    [InlineData("real", "1.234567e+06", "1.234567e+06")]
    [InlineData("real", "16777217", "a number that a floating-point column can't hold without rounding")]
    [InlineData("real", "1e39", "a number that a floating-point column can't hold without rounding")]
    [InlineData("double", "0.1", "0.1")]
    [InlineData("double", "1e-05", "1e-05")]
    [InlineData("double", "0.0001", "0.0001")]
    [InlineData("double", "100000000000000", "100000000000000")]
    [InlineData("double", "1e+15", "1e+15")]
    [InlineData("double", "-1.2345678901234568e+17", "-1.2345678901234568e+17")]
    [InlineData("double", "1e+23", "1e+23")]
    [InlineData("double", "0.00012", "0.00012")]
    [InlineData("double", "2.2250738585072014e-308", "2.2250738585072014e-308")]
    [InlineData("double", "0.10000000000000001", "0.1")]
    [InlineData("double", "9007199254740993", "a number that a floating-point column can't hold without rounding")]
    [InlineData("double", "1e-400", "a number that a floating-point column can't hold without rounding")]
    [InlineData("double", "\"NaN\"", "NaN")]
    [InlineData("double", "\"-Infinity\"", "-Infinity")]
    [InlineData("double", "0", "0")]
    [InlineData("text", "\"Größe \\ud83d\\ude00\\n\\\"\"", "Größe 😀\n\"")]
    [InlineData("text", "\"\\ud800\"", "the text is not valid Unicode")]
    [InlineData("text", "\"a\\u0000\"", "U+0000")]
    [InlineData("text", "1", "isn't a string")]
    [InlineData("varchar", "\"😀😀😀\"", "😀😀😀")]
    [InlineData("varchar", "\"😀😀😀😀\"", "column 'varchar' of the warehouse: more than 3 characters")]
    [InlineData("date", "\"0001-01-01\"", "0001-01-01")]
    [InlineData("date", "\"9999-12-31\"", "9999-12-31")]
    [InlineData("date", "\"2023-02-29\"", "not a date")]
    [InlineData("date", "\"2024-13-01\"", "not a date")]
    [InlineData("date", "\"0000-01-01\"", "not a date")]
    [InlineData("date", "\"2024-01-0x\"", "not a date")]
    [InlineData("date", "\"２０24-01-01\"", "not a date")]
    [InlineData("date", "\"2024-01-01 \"", "not a date")]
    [InlineData("time", "\"23:59:59.999999\"", "23:59:59.999999")]
    [InlineData("time", "\"14:20:52.100\"", "14:20:52.1")]
    [InlineData("time", "\"24:00:00\"", "not a time")]
    [InlineData("time", "\"14:20:52.\"", "not a time")]
    [InlineData("time", "\"14:20:52.1234567\"", "not a time")]
    [InlineData("timestamp", "\"2022-11-03T14:20:52.186\"", "2022-11-03 14:20:52.186")]
    [InlineData("timestamp", "\"2022-11-03T14:20:52Z\"", "not a timestamp")]
    [InlineData("timestamp", "\"infinity\"", "not a timestamp")]
    [InlineData("timestamptz", "\"2022-11-03T14:20:52.186Z\"", "2022-11-03 14:20:52.186+00")]
    [InlineData("timestamptz", "\"2022-11-03T14:20:52\"", "not a timestamp in UTC")]
    [InlineData("uuid", "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("uuid", "\"f81d4fae7dec11d0a76500a0c91e6bf6\"", "not a UUID")]
    [InlineData("bytea", "\"3q2+7w==\"", @"\xdeadbeef")]
    [InlineData("bytea", "\"?\"", "not bytes in base64")]
    [InlineData("array", "\"{1,NULL}\"", "{1,NULL}")]
    [InlineData("array", "null", "NULL")]
    public void A_value_is_taken_exactly_or_rejected(string column, string json, string expected)
    {
        var row = Nulls();
        var text = row.ToJsonString().Replace($"\"{column}\":null", $"\"{column}\":{json}", StringComparison.Ordinal);
        var target = new FactEverything();
        var rows = target.CreateRows();

        var reason = rows.Add(Source.Row(text));

        var index = target.Description.Columns.ToList().FindIndex(found => found.Name == column);
        if (reason is null) Assert.Equal(expected, rows.Columns[index].Print(0) ?? "NULL");
        else Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.Equal(reason, rows.Rejected.Print(0));
        Assert.Equal(["7", "a"], rows.Columns.Take(2).Select(key => key.Print(0)));
    }

    [Fact]
    public void Any_numeric_and_timestamp_and_date_is_read_as_the_base_library_reads_it()
    {
        var random = new Random(11);
        var rows = new FactEverything().CreateRows();
        for (var i = 0; i < 2_000; i++)
        {
            var number = new decimal(random.Next(), random.Next(), 0, random.Next(2) == 1, (byte)random.Next(0, 19)) % 1000m;
            var moment = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks) / 10 * 10, DateTimeKind.Unspecified);
            var row = Nulls();
            var text = row.ToJsonString()
                .Replace("\"numeric\":null", string.Create(CultureInfo.InvariantCulture, $"\"numeric\":{number}"), StringComparison.Ordinal)
                .Replace("\"timestamp\":null", string.Create(CultureInfo.InvariantCulture, $"\"timestamp\":\"{moment:yyyy-MM-ddTHH:mm:ss.FFFFFF}\""), StringComparison.Ordinal)
                .Replace("\"date\":null", string.Create(CultureInfo.InvariantCulture, $"\"date\":\"{moment:yyyy-MM-dd}\""), StringComparison.Ordinal);

            rows.Clear();
            Assert.Null(rows.Add(Source.Row(text)));

            string?[] expected = [number.ToString(CultureInfo.InvariantCulture), moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture), moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
            Assert.Equal(expected, Names.Select(name => rows.Columns.Single(column => column.Column.Name == name).Print(0)));
        }
    }

    [Fact]
    public void A_key_of_several_columns_is_told_in_the_source_s_columns()
    {
        var target = new FactEverything();

        Assert.Equal(["shop", "code"], target.SourceKey);
        Assert.Equal("shop_id:integer,code:text", target.Description.TableKey.ToString());
        Assert.Single(TargetList.Of(TargetCatalogue.Calendar, target).OfSource(TableName.Parse("everything")));
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_left_out_whole()
    {
        var rows = new FactEverything().CreateRows();

        var reason = rows.Add(Source.Row(Nulls().ToJsonString().Replace("\"code\":\"a\"", "\"code\":null", StringComparison.Ordinal)));

        Assert.Equal("column 'code' is null", reason);
        Assert.All(rows.Columns, column => Assert.Null(column.Print(0)));
    }

    private static JsonObject Nulls()
    {
        var row = new JsonObject { ["shop"] = 7, ["code"] = "a" };
        foreach (var column in new FactEverything().Description.Columns.Skip(2)) row[column.Name] = null;
        return row;
    }
}
