using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class TableListTests
{
    [Fact]
    public void The_default_is_all_of_totesys()
    {
        Assert.Equal(11, TableList.Default.Tables.Count);
        Assert.False(TableList.Default.IsAll);
    }

    [Theory]
    [InlineData("address, department", "address,  department ")]
    [InlineData("*", "*")]
    [InlineData("*, !audit_log", "* , ! audit_log")]
    [InlineData("*, a_view(region, code)", "*,a_view(region,code)")]
    [InlineData("a_view(id)", "a_view (id)")]
    public void A_list_reads_back_as_it_was_written(string written, string given)
    {
        Assert.Equal(written, TableList.Parse(given).ToString());
        Assert.Equal(written, TableList.Parse(written).ToString());
    }

    [Fact]
    public void A_view_is_listed_with_the_columns_of_its_key()
    {
        var listed = Assert.Single(TableList.Parse("a_view(region, code)").Tables);
        Assert.Equal(["region", "code"], listed.Key);
    }

    [Theory]
    [InlineData("", "a name is empty")]
    [InlineData("currency,", "a name is empty")]
    [InlineData("currency,,design", "a name is empty")]
    [InlineData("currency,design,currency", "'currency' is there twice")]
    [InlineData("sales order", "'sales order' isn't a table name")]
    [InlineData("currency;design", "'currency;design' isn't a table name")]
    [InlineData("../design", "'../design' isn't a table name")]
    [InlineData("\"design\"", "'\"design\"' isn't a table name")]
    [InlineData("design\0", "'design\0' isn't a table name")]
    [InlineData("a_view()", "'a_view()' isn't a table name")]
    [InlineData("a_view(id", "'a_view(id' isn't a table name")]
    [InlineData("!audit_log", "'!audit_log' needs '*' in the list")]
    [InlineData("*,!", "'!' isn't a table name")]
    public void A_bad_list_is_refused(string text, string fault) =>
        Assert.Equal(fault, Assert.Throws<FormatException>(() => TableList.Parse(text)).Message);

    [Fact]
    public void Every_fault_is_named() => Assert.Equal(
        "a name is empty, '1st' isn't a table name, 'design' is there twice",
        Assert.Throws<FormatException>(() => TableList.Parse(",1st,design,staff,design")).Message);
}
