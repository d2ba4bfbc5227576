using System.Text;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class TargetDescriptionTests
{
    private static readonly TargetDescription Fact = new()
    {
        Name = TableName.Parse("fact_sale"),
        Kind = TargetKind.Fact,
        Source = TableName.Parse("sale"),
        Columns =
        [
            new("sale_id", ColumnType.Parse("bigint"), true, "The sale's number."),
            new("region", ColumnType.Parse("character varying(3)"), true),
            new("staff_id", ColumnType.Parse("integer"), false, null, TableName.Parse("dim_staff")),
            new("price", ColumnType.Parse("numeric(10,2)"), true),
        ],
        Key = ["sale_id", "region"],
        RecordId = "sale_record_id",
        Comment = "The sales.",
        Computed = [new("amount", "price * 2", "Twice the price.")],
        Mapping = "abc",
    };

    [Fact]
    public void A_description_reads_back_as_it_was_written()
    {
        var read = TargetDescription.Parse(Fact.ToJson().Span);

        Assert.Equal(Fact.Columns, read.Columns);
        Assert.Equal(Fact.Key, read.Key);
        Assert.Equal(Fact.Computed, read.Computed);
        Assert.Equal(Fact with { Columns = read.Columns, Key = read.Key, Computed = read.Computed }, read);
        Assert.Equal("sale_id:integer,region:text", read.TableKey.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"name":"t","kind":"view","columns":[],"key":[],"mapping":""}""")]
    [InlineData("""{"name":"t","kind":"fact","columns":[{"name":"a","type":"integer","required":true}],"key":["b"],"mapping":""}""")]
    [InlineData("""{"name":"t","kind":"fact","columns":[{"name":"a","type":"money","required":true}],"key":["a"],"mapping":""}""")]
    public void Another_text_is_refused(string json) => Assert.Throws<FormatException>(() => TargetDescription.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("integer", true)]
    [InlineData("numeric(38,10)", false)]
    [InlineData("text", true)]
    [InlineData("character varying(20)", true)]
    [InlineData("uuid", true)]
    [InlineData("date", true)]
    [InlineData("timestamp(3) without time zone", false)]
    [InlineData("text[]", false)]
    public void A_type_says_whether_a_key_may_have_it(string name, bool canBeKey) => Assert.Equal(canBeKey, ColumnType.Parse(name).CanBeKey);

    [Theory]
    [InlineData("money")]
    [InlineData("int4")]
    [InlineData("integer; DROP TABLE x")]
    [InlineData("numeric(10, 2)")]
    [InlineData("text[][]")]
    public void A_type_that_is_not_in_the_list_is_refused(string name) => Assert.Throws<FormatException>(() => ColumnType.Parse(name));
}
