using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Testing;

namespace EtlPipeline.Targets.Tests.Custom;

internal sealed class DimSupplier : Dimension<DimSupplier.Supplier>
{
    public DimSupplier() : base("dim_supplier", source: "supplier", comment: "The suppliers.")
    {
        IntegerKey("supplier_id", from: "supplier_id").Comment("The supplier's number in the source.");
        Varchar("supplier_name", supplier => supplier.Name).Comment("The name.");
        Numeric("rating", 3, 1, supplier => supplier.Rating).Comment("From 0 to 10.");
    }

    protected override Supplier Read(SourceRow row) => new(Name: row.Text("supplier_name"), Rating: row.Numeric("rating"));

    internal sealed record Supplier(string Name, decimal Rating);
}

/// <summary>The README's example of a target is this file's, and works.</summary>
public sealed class DimSupplierTests
{
    [Fact]
    public void The_example_of_the_README_is_the_class_above()
    {
        var readme = File.ReadAllText(RepositoryFolder.Find("README.md"));
        var file = File.ReadAllText(RepositoryFolder.Find(Path.Combine("tests", "EtlPipeline.Targets.Tests", "Custom", "DimSupplier.cs")));
        var example = readme.Split("```csharp\n")[1].Split("```")[0].Trim();

        Assert.Contains(example, file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.5", "4|Nobles|9.5")]
    [InlineData("9.55", "column 'rating' of the warehouse: more than 1 decimals")]
    public void Its_rows_are_exact_or_rejected(string rating, string expected) =>
        Assert.Equal(expected, Source.Map(new DimSupplier(), $$"""{"supplier_id":4,"supplier_name":"Nobles","rating":{{rating}}}"""));
}
