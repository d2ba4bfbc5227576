namespace EtlPipeline.Report.Figures;

/// <summary>How often one attribute of sales orders changed after the warehouse first saw them.</summary>
/// <param name="What">What changed, in words.</param>
/// <param name="Told">Changes that moved the source's <c>last_updated</c>, or deleted the order.</param>
/// <param name="Silent">Changes that left <c>last_updated</c> as it was.</param>
internal sealed record ChangedColumn(string What, long Told, long Silent)
{
    public static FigureQuery<ChangedColumn> Query { get; } = new(
        "changed_columns.sql", row => new ChangedColumn(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
}

/// <summary>One change of one attribute of a sales order.</summary>
/// <param name="Order">The order.</param>
/// <param name="SeenAt">The run that saw it.</param>
/// <param name="IsSilent">Whether the source's <c>last_updated</c> stayed as it was.</param>
/// <param name="What">What changed, in words.</param>
/// <param name="Was">Its value before.</param>
/// <param name="Became">Its value after.</param>
internal sealed record OrderChange(int Order, DateTimeOffset SeenAt, bool IsSilent, string What, string Was, string Became)
{
    public static FigureQuery<OrderChange> Query { get; } = new(
        "latest_changes.sql",
        row => new OrderChange(
            row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2), row.GetString(3), row.GetString(4), row.GetString(5)));
}
