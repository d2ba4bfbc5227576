using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Merging;

/// <summary>Brings the staged rows into a dimension: one row a member, with the latest values.</summary>
internal sealed class DimensionMerge(WarehouseSession session, StagingPlan plan)
{
    public async Task<MergeResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (plan.Target.Find(plan.Key) is not { IsUnique: true })
        {
            throw new MisfitException(
                $"table '{plan.Target.Name}', column '{plan.Key}': it is the key, and needs a primary key or a unique index of its own");
        }

        var written = await session.ExecuteAsync(
            SqlScript.Read("upsert_members")
                .WithName("target", plan.Target.Name.Value)
                .WithName("key", plan.Key)
                .WithColumns("columns", plan.ColumnNames)
                .WithColumns("member_columns", plan.ColumnNames, "member")
                .WithColumns("excluded_columns", plan.ColumnNames, "excluded"),
            cancellationToken);
        return new MergeResult(written);
    }
}
