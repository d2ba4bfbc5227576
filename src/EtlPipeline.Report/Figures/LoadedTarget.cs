using EtlPipeline.Core.Lake;

namespace EtlPipeline.Report.Figures;

/// <summary>What the ledger says of a table of the warehouse.</summary>
/// <param name="Target">The table.</param>
/// <param name="Versions">How many versions were loaded.</param>
/// <param name="Newest">The newest of them.</param>
/// <param name="Written">Rows inserted or updated by all of them.</param>
/// <param name="Rejected">Rows that Transform could not use, over all of them.</param>
/// <param name="Skipped">Versions that could not be loaded and were stepped over.</param>
/// <param name="LoadedAt">When the last load was committed.</param>
internal sealed record LoadedTarget(
    string Target, long Versions, TableVersion Newest, long Written, long Rejected, long Skipped, DateTimeOffset LoadedAt)
{
    public static FigureQuery<LoadedTarget> Query { get; } = new(
        "loaded_targets.sql",
        row => new LoadedTarget(
            row.GetString(0),
            row.GetInt64(1),
            TableVersion.Parse(row.GetString(2)),
            row.GetInt64(3),
            row.GetInt64(4),
            row.GetInt64(5),
            row.GetFieldValue<DateTimeOffset>(6)));
}
