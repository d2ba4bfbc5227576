using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class TableListTests
{
    [Fact]
    public void Look_up_tables_come_first_and_the_others_keep_their_order() =>
        Assert.Equal(
            "department,address,staff,my_table,counterparty",
            TableList.Parse("staff, my_table ,department,counterparty,  address").ToString());

    [Fact]
    public void The_default_is_all_of_totesys()
    {
        Assert.Equal(11, TableList.Default.Count);
        Assert.Equal(TableName.Parse("address"), TableList.Default[0]);
        Assert.Equal(TableName.Parse("department"), TableList.Default[1]);
    }

    [Fact]
    public void A_list_reads_back_as_it_was_written() =>
        Assert.Equal(TableList.Default, TableList.Parse(TableList.Default.ToString()));

    [Theory]
    [InlineData("", "a name is empty")]
    [InlineData("currency,", "a name is empty")]
    [InlineData("currency,,design", "a name is empty")]
    [InlineData("currency,design,currency", "'currency' is there twice")]
    [InlineData("sales order", "'sales order' is no table name")]
    [InlineData("currency;design", "'currency;design' is no table name")]
    [InlineData("../design", "'../design' is no table name")]
    [InlineData("design%2Fx", "'design%2Fx' is no table name")]
    [InlineData("\"design\"", "'\"design\"' is no table name")]
    [InlineData("design\0", "'design\0' is no table name")]
    [InlineData("staff", "'staff' needs its look-up table 'department' in the list")]
    [InlineData("department,counterparty", "'counterparty' needs its look-up table 'address' in the list")]
    public void A_bad_list_is_refused(string text, string fault) =>
        Assert.Equal(fault, Assert.Throws<FormatException>(() => TableList.Parse(text)).Message);

    [Fact]
    public void Every_fault_is_named() =>
        Assert.Equal(
            "a name is empty, '1st' is no table name, 'design' is there twice, 'staff' needs its look-up table 'department' in the list",
            Assert.Throws<FormatException>(() => TableList.Parse(",1st,design,staff,design")).Message);
}
