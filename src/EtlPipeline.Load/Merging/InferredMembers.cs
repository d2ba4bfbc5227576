using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Merging;

/// <summary>Sees to it that what the staged rows refer to is there, in whatever order the tables arrive.</summary>
internal sealed class InferredMembers(WarehouseSession session, StagingPlan plan)
{
    private const string DateDimension = "dim_date";

    public async Task InsertAsync(CancellationToken cancellationToken)
    {
        foreach (var key in plan.Target.ForeignKeys.Where(key => plan.ColumnNames.Contains(key.Column)))
            await session.ExecuteAsync(key.Dimension == DateDimension ? Dates(key) : Unknown(key), cancellationToken);
    }

    private static SqlScript Dates(ForeignKey key) => SqlScript.Read("infer_dates").WithName("column", key.Column);

    private static SqlScript Unknown(ForeignKey key) => SqlScript.Read("infer_members")
        .WithName("column", key.Column)
        .WithName("dimension", key.Dimension)
        .WithName("key", key.DimensionKey)
        .WithColumns("columns", [key.DimensionKey, .. key.UnknownColumns])
        .WithExpressions("values", ["needed.id", .. key.UnknownValues]);
}
