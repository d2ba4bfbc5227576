using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Merging;

/// <summary>Appends a record to a fact table for each staged row that differs from the newest record of its key.</summary>
/// <param name="session">The warehouse, with the rows staged.</param>
/// <param name="plan">How they were staged.</param>
/// <param name="isComplete">Whether the version holds all facts that exist.</param>
internal sealed class FactMerge(WarehouseSession session, StagingPlan plan, bool isComplete)
{
    private readonly string _recordId =
        plan.Target.Columns.FirstOrDefault(column => column.IsPrimaryKey && column.Name != plan.Key)?.Name
        ?? throw new MisfitException(
            $"table '{plan.Target.Name}', column '{plan.Key}': a fact has many records, so the table needs a serial column of its own as primary key");

    private bool HasDeletedMark => plan.Target.Find(StagingPlan.DeletedMark) is { };

    public async Task<MergeResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        var vanished = isComplete ? await RecordVanishedAsync(cancellationToken) : new MergeResult(0);
        var script = Script("append_records")
            .WithColumns("columns", plan.ColumnNames)
            .WithColumns("staged_columns", plan.ColumnNames, "staged")
            .WithColumns("record_columns", plan.ColumnNames, "record")
            .WithExpressions("deleted_mark", [HasDeletedMark ? StagingPlan.DeletedMark : "false"]);
        var appended = await session.QueryAsync(
            script, reader => new MergeResult(reader.GetInt64(0), reader.GetInt64(1)), cancellationToken);
        return vanished + appended.Single();
    }

    /// <summary>The facts that are current and not in the version get a record that says so.</summary>
    private async Task<MergeResult> RecordVanishedAsync(CancellationToken cancellationToken)
    {
        if (!HasDeletedMark)
        {
            var missing = await session.QueryAsync(Script("count_missing_facts"), reader => reader.GetInt64(0), cancellationToken);
            return new MergeResult(0, IgnoredDeletes: missing.Single());
        }

        var copied = plan.Target.Columns
            .Where(column => column.Name != _recordId && column.Name != StagingPlan.DeletedMark && !column.IsGenerated)
            .Select(column => column.Name)
            .ToList();
        var deletes = await session.ExecuteAsync(
            Script("append_deletes").WithColumns("columns", copied).WithColumns("record_columns", copied, "record"), cancellationToken);
        return new MergeResult(deletes, deletes);
    }

    private SqlScript Script(string name) => SqlScript.Read(name)
        .WithName("target", plan.Target.Name.Value)
        .WithName("key", plan.Key)
        .WithName("record_id", _recordId);
}
