namespace EtlPipeline.Local.Demo.Closing;

/// <summary>One record of an order's history in the warehouse.</summary>
/// <param name="Order">The order.</param>
/// <param name="Record">The record's id; later records have higher ones.</param>
/// <param name="LastUpdated">What the source said of its last change.</param>
/// <param name="Kind">What kind of change made the record: first seen, update, silent update, deleted.</param>
/// <param name="Changed">The names of what differs from the record before.</param>
/// <param name="Staff">Who sold it.</param>
/// <param name="Design">What was sold.</param>
/// <param name="Units">How many.</param>
/// <param name="Delivery">When it is to be delivered.</param>
/// <param name="City">Where to.</param>
internal sealed record OrderRecord(
    int Order,
    int Record,
    DateTime LastUpdated,
    string Kind,
    string Changed,
    string Staff,
    string Design,
    int Units,
    DateOnly Delivery,
    string City)
{
    /// <summary>Whether the source's <c>last_updated</c> kept quiet about the change.</summary>
    public bool IsSilent => Kind == "silent update";
}
