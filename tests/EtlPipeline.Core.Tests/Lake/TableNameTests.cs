using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class TableNameTests
{
    [Theory]
    [InlineData("sales_order")]
    [InlineData("_")]
    [InlineData("A1_b")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk")]
    public void A_name_reads_back_as_it_was(string text) => Assert.Equal(text, TableName.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" staff")]
    [InlineData("staff\n")]
    [InlineData("1st")]
    [InlineData("sales-order")]
    [InlineData("public.staff")]
    [InlineData("../staff")]
    [InlineData("..")]
    [InlineData("staff/..")]
    [InlineData("..\\staff")]
    [InlineData("%2E%2E%2Fstaff")]
    [InlineData("staff%2F")]
    [InlineData("'staff'")]
    [InlineData("`staff`")]
    [InlineData("staff\0")]
    [InlineData("sta\tff")]
    [InlineData("\u001b[2Jstaff")]
    [InlineData("\u202estaff")]
    [InlineData("\u007f")]
    [InlineData("staff\"; drop table staff")]
    [InlineData("ſtaff")]
    [InlineData("größe")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(TableName.TryParse(text, out _));
        Assert.Contains("at most 63", Assert.Throws<FormatException>(() => TableName.Parse(text!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_in_case_are_two_tables() => Assert.NotEqual(TableName.Parse("staff"), TableName.Parse("Staff"));

    [Fact]
    public void A_name_that_was_never_given_is_not_silently_empty() =>
        Assert.Throws<InvalidOperationException>(() => default(TableName).ToString());
}
