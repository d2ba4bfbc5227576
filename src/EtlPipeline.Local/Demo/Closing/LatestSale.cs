namespace EtlPipeline.Local.Demo.Closing;

/// <summary>One of the newest orders in the warehouse, with the names that its dimensions give.</summary>
internal sealed record LatestSale(
    int Order,
    DateOnly Created,
    string Staff,
    string Counterparty,
    string Design,
    int Units,
    decimal UnitPrice,
    string Currency,
    DateOnly Delivery);
