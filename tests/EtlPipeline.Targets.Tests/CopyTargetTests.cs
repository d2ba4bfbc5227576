using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Targets.Tests;

public sealed class CopyTargetTests
{
    [Theory]
    [InlineData("integer", "integer", null)]
    [InlineData("numeric(10,2)", "numeric(10,2)", null)]
    [InlineData("character varying(20)", "character varying(20)", null)]
    [InlineData("timestamp(3) with time zone", "timestamp(3) with time zone", null)]
    [InlineData("text[]", "text[]", null)]
    [InlineData("jsonb", "jsonb", null)]
    [InlineData("int4range", "text", "Carried as text, as PostgreSQL prints it: the source's type is int4range.")]
    [InlineData("mood", "text", "Carried as text, as PostgreSQL prints it: the source's type is mood.")]
    [InlineData("character(3)", "text", "Carried as text, as PostgreSQL prints it: the source's type is character(3).")]
    [InlineData("money", "text", "Carried as text, as PostgreSQL prints it: the source's type is money.")]
    public void A_column_has_the_nearest_type_and_says_so_if_it_is_text(string type, string carried, string? comment)
    {
        var column = Copy(new SourceColumn("x", type, IsRequired: true, "The x.")).Description.Columns[1];

        Assert.Equal((carried, false), (column.Type.Name, column.IsRequired));
        Assert.Equal(comment is null ? "The x." : $"The x. {comment}", column.Comment);
    }

    [Theory]
    [InlineData("bigint", "bigint")]
    [InlineData("uuid", "uuid")]
    [InlineData("date", "date")]
    [InlineData("character varying(5)", "character varying(5)")]
    [InlineData("numeric(10,2)", "text")]
    [InlineData("timestamp without time zone", "text")]
    [InlineData("character(3)", "text")]
    [InlineData("mood", "text")]
    public void A_key_whose_type_cannot_be_one_is_carried_as_text(string type, string carried)
    {
        var target = Copy("k", type);

        Assert.Equal((carried, true), (target.Description.Columns[0].Type.Name, target.Description.Columns[0].IsRequired));
        Assert.Equal(("k", "k"), (target.SourceKey[0], target.Description.Key[0]));
    }

    [Theory]
    [InlineData("numeric(10,2)", "7.10", "7.10")]
    [InlineData("timestamp without time zone", "\"2022-11-03T14:20:52.186\"", "2022-11-03 14:20:52.186")]
    [InlineData("timestamp with time zone", "\"2022-11-03T14:20:52Z\"", "2022-11-03 14:20:52+00")]
    [InlineData("character(5)", "\"ab   \"", "ab")]
    [InlineData("boolean", "true", "true")]
    [InlineData("bytea", "\"3q2+7w==\"", @"\xdeadbeef")]
    public void A_key_that_is_carried_as_text_is_the_one_in_whose_terms_ranges_are_told(string type, string json, string expected) =>
        Assert.Equal(expected, Source.Map(Copy("k", type), $$"""{"k":{{json}}}"""));

    [Fact]
    public void A_copy_is_named_after_its_table_and_kind()
    {
        var copy = Copy(new SourceColumn("x", "text", IsRequired: false)).Description;

        Assert.Equal(("stg_cat", TargetKind.Copy, "cat", "The table cat of the source, as it is."), (copy.Name.Value, copy.Kind, copy.Source?.Value, copy.Comment));
    }

    [Fact]
    public void A_column_with_the_name_of_one_of_the_pipeline_s_is_renamed_and_says_so()
    {
        var copy = Copy(new SourceColumn("valid_from", "date", IsRequired: false), new SourceColumn("rejected", "text", IsRequired: false));

        Assert.Equal(["cat_id", "source_valid_from", "source_rejected"], copy.Description.Columns.Select(column => column.Name));
        Assert.Equal("The source's column valid_from.", copy.Description.Columns[1].Comment);
        Assert.Equal("1|2024-01-01|a", Source.Map(copy, """{"cat_id":1,"valid_from":"2024-01-01","rejected":"a"}"""));
    }

    [Fact]
    public void The_mapping_changes_with_the_columns_and_not_with_their_comments()
    {
        var one = Copy(new SourceColumn("x", "text", IsRequired: false)).Description.Mapping;

        Assert.Equal(one, Copy(new SourceColumn("x", "text", IsRequired: false, "A comment.")).Description.Mapping);
        Assert.NotEqual(one, Copy(new SourceColumn("x", "integer", IsRequired: false)).Description.Mapping);
    }

    [Theory]
    [InlineData("foo", "stg_foo")]
    [InlineData("foo_history", "stg_foo_history_table")]
    [InlineData("foo_history_table", "stg_foo_history_table_table")]
    [InlineData("foo_history_current", "stg_foo_history_current_table")]
    [InlineData("foo_pkey", "stg_foo_pkey_table")]
    [InlineData("historyless", "stg_historyless")]
    [InlineData("price_table", "stg_price_table")]
    public void No_copy_has_the_name_of_what_is_made_for_another_one(string source, string copy)
    {
        Assert.Equal(copy, CopyTarget.NameOf(TableName.Parse(source)).Value);
        Assert.Equal(source, TargetCatalogue.SourceOf(TableName.Parse(copy)).Value);
    }

    [Theory]
    [InlineData("infinity")]
    [InlineData("-infinity")]
    [InlineData("0044-03-15 BC")]
    [InlineData("12024-01-01")]
    public void A_date_that_no_calendar_has_is_carried(string date) =>
        Assert.Equal($"1|{date}", Source.Map(Copy(new SourceColumn("x", "date", IsRequired: false)), $$"""{"cat_id":1,"x":"{{date}}"}"""));

    [Theory]
    [InlineData(51, true)]
    [InlineData(52, false)]
    public void A_copy_s_name_leaves_room_for_that_of_its_history(int length, bool fits) =>
        Assert.Equal(fits, CopyTarget.TryNameOf(TableName.Parse(new string('a', length)), out _));

    [Fact]
    public void A_table_whose_copy_would_have_too_long_a_name_is_refused() => Assert.Contains(
        "can't be carried", Assert.Throws<PipelineException>(() => CopyTarget.NameOf(TableName.Parse(new string('a', 60)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_that_would_have_one_name_are_refused() => Assert.Contains("'source_rejected'", Assert.Throws<PipelineException>(() =>
        Copy(new SourceColumn("rejected", "text", IsRequired: false), new SourceColumn("source_rejected", "text", IsRequired: false))).Message, StringComparison.Ordinal);

    private static CopyTarget Copy(params SourceColumn[] columns) => Copy([new SourceColumn("cat_id", "integer", IsRequired: true), .. columns], new KeyColumn("cat_id", KeyOrder.Number));

    private static CopyTarget Copy(string key, string type) => Copy([new SourceColumn(key, type, IsRequired: true)], new KeyColumn(key, KeyOrder.Text));

    private static CopyTarget Copy(IReadOnlyList<SourceColumn> columns, KeyColumn key) => CopyTarget.Of(new SegmentsObject
    {
        Table = TableName.Parse("cat"),
        Key = new TableKey([key]),
        Columns = columns,
        Segments = [new Segment()],
    });
}
