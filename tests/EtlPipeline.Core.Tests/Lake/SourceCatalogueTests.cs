using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class SourceCatalogueTests
{
    [Theory]
    [InlineData("staff", "department")]
    [InlineData("counterparty", "address")]
    [InlineData("sales_order", null)]
    [InlineData("a_table_of_somebody_else", null)]
    public void A_table_knows_its_look_up(string table, string? lookUp) =>
        Assert.Equal(lookUp, SourceCatalogue.LookUpOf(TableName.Parse(table))?.Value);

    [Fact]
    public void Look_up_tables_are_listed_before_the_others() =>
        Assert.Equal(
            ["address", "department"],
            SourceCatalogue.Tables.Select(table => table.Name).TakeWhile(SourceCatalogue.IsLookUp).Select(table => table.Value));

    [Fact]
    public void No_other_table_is_a_look_up() =>
        Assert.DoesNotContain(SourceCatalogue.Tables.Skip(2), table => SourceCatalogue.IsLookUp(table.Name));
}
