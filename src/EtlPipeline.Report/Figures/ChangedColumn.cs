namespace EtlPipeline.Report.Figures;

/// <summary>How often something of a sales order changed after the warehouse had seen it.</summary>
/// <param name="What">What changed, in words.</param>
/// <param name="Told">Changes that moved the source's <c>last_updated</c>, or deleted the order.</param>
/// <param name="Silent">Changes that left <c>last_updated</c> as it was.</param>
internal sealed record ChangedColumn(string What, long Told, long Silent)
{
    public static FigureQuery<ChangedColumn> Query { get; } = new(
        "changed_columns.sql", row => new ChangedColumn(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
}
