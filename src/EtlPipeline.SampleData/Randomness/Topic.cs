namespace EtlPipeline.SampleData.Randomness;

/// <summary>What random numbers are drawn for. A new one goes to the end: the numbers decide what every history looks like.</summary>
internal enum Topic
{
    Address,
    Counterparty,
    Department,
    Design,
    Staff,
    Recurrence,
    BusinessDay,
    SaleTime,
    PurchaseTime,
    Sale,
    Purchase,
    Payment,
    PaymentBatch,
    SilentUpdate,
}
