namespace EtlPipeline.Report.Figures;

/// <summary>One thing that changed of a sales order.</summary>
/// <param name="Order">The order.</param>
/// <param name="LastUpdated">What the source says of its last change.</param>
/// <param name="IsSilent">Whether the source's <c>last_updated</c> stayed as it was.</param>
/// <param name="What">What changed, in words.</param>
/// <param name="Was">Its value before.</param>
/// <param name="Became">Its value after.</param>
internal sealed record OrderChange(int Order, DateTime LastUpdated, bool IsSilent, string What, string Was, string Became)
{
    public static FigureQuery<OrderChange> Query { get; } = new(
        "latest_changes.sql",
        row => new OrderChange(
            row.GetInt32(0), row.GetDateTime(1), row.GetBoolean(2), row.GetString(3), row.GetString(4), row.GetString(5)));
}
