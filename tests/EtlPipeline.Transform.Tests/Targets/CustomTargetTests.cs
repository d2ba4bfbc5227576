using EtlPipeline.Core.Hosting;
using EtlPipeline.Transform.Mapping;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Targets;

public sealed class CustomTargetTests
{
    [Fact]
    public async Task One_file_is_all_that_a_new_dimension_needs()
    {
        using var lake = new Lake();
        await lake.PutAsync(new IngestedTable("warehouse_cat", Stamps.First) { Changed = ["{\"cat_id\":1,\"name\":null}"] });
        var stage = new TransformStage([new DimCat()], lake.Ingestion, lake.Processed, lake.Calendar, lake.Clock, lake.Logger);

        await stage.RunAsync(new StageEvent.Sweep(), "request-1", Lake.Cancellation);

        Assert.Equal(["1|unknown"], lake.Rows($"dim_cat/{Stamps.First}"));
    }

    private sealed class DimCat : Dimension<DimCat.Cat>
    {
        public DimCat() : base("dim_cat", source: "warehouse_cat")
        {
            Integer("cat_id", cat => cat.CatId);
            Text("name", cat => cat.Name ?? Unknown);
        }

        protected override Cat Read(SourceRow row) => new(CatId: row.Integer("cat_id"), Name: row.OptionalText("name"));

        internal sealed record Cat(int CatId, string? Name);
    }
}
