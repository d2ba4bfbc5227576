using EtlPipeline.Core.Lake;

namespace EtlPipeline.Report.Figures;

/// <summary>What one run of Extract brought into the warehouse.</summary>
/// <param name="Version">The stamp that all of the run's versions have.</param>
/// <param name="Tables">How many tables it brought something for.</param>
/// <param name="Initial">Rows written by the first versions of tables.</param>
/// <param name="Changed">Rows written by later versions, but for records of deletes.</param>
/// <param name="Deleted">Records of deletes.</param>
/// <param name="Rejected">Rows that Transform could not use.</param>
/// <param name="LoadedAt">When the last of it was committed.</param>
internal sealed record PipelineRun(
    TableVersion Version, long Tables, long Initial, long Changed, long Deleted, long Rejected, DateTimeOffset LoadedAt)
{
    public static FigureQuery<PipelineRun> Query { get; } = new(
        "pipeline_runs.sql",
        row => new PipelineRun(
            TableVersion.Parse(row.GetString(0)),
            row.GetInt64(1),
            row.GetInt64(2),
            row.GetInt64(3),
            row.GetInt64(4),
            row.GetInt64(5),
            row.GetFieldValue<DateTimeOffset>(6)));
}
