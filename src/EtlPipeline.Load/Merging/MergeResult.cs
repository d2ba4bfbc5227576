namespace EtlPipeline.Load.Merging;

/// <summary>What a version did to its table.</summary>
/// <param name="Written">Rows inserted or updated.</param>
/// <param name="Deleted">How many of them are records of deletes.</param>
/// <param name="IgnoredDeletes">Deletes that the table has no column for.</param>
internal sealed record MergeResult(long Written, long Deleted = 0, long IgnoredDeletes = 0)
{
    public static MergeResult operator +(MergeResult left, MergeResult right) => new(
        left.Written + right.Written, left.Deleted + right.Deleted, left.IgnoredDeletes + right.IgnoredDeletes);
}
