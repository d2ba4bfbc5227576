namespace EtlPipeline.Local.Status;

/// <summary>How far the pipeline has come.</summary>
/// <param name="CheckedAt">When that was looked up, in UTC.</param>
/// <param name="LastRunAt">When the last extract ended, in UTC; null where none has.</param>
/// <param name="Tables">One for each table of the settings, and one for each warehouse table that has no source.</param>
internal sealed record PipelineStatus(DateTimeOffset CheckedAt, DateTimeOffset? LastRunAt, IReadOnlyList<TableStatus> Tables)
{
    /// <summary>How long ago the last extract ended.</summary>
    public TimeSpan? LastRunAge => CheckedAt - LastRunAt;

    /// <summary>Whether everything that was extracted is in the warehouse.</summary>
    public bool IsUpToDate => Tables.All(table => !table.IsPending);
}
