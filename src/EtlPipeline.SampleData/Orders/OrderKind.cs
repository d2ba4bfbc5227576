namespace EtlPipeline.SampleData.Orders;

/// <summary>The two kinds of order.</summary>
internal enum OrderKind
{
    Sale,
    Purchase,
}
