namespace EtlPipeline.SampleData.Randomness;

/// <summary>
/// Random numbers that depend on what they are for and not on what was drawn before, so that any row can be made on its own.
/// </summary>
internal sealed class SeededDraws(ulong seed)
{
    /// <param name="topic">What the numbers are for.</param>
    /// <param name="number">Which of them, such as a row's key.</param>
    /// <param name="revision">Which life of it.</param>
    public SplitMix64 For(Topic topic, int number, int revision = 0) =>
        new(SplitMix64.Combine(SplitMix64.Combine(seed, (ulong)topic), ((ulong)(uint)number << 32) | (uint)revision));
}

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
