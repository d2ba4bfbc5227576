using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary>The tables of the warehouse that are made from source tables, dimensions first. A new one is added here.</summary>
internal static class WarehouseTargets
{
    public static IReadOnlyList<ITarget> All { get; } =
    [
        new DimCounterparty(),
        new DimCurrency(),
        new DimDesign(),
        new DimLocation(),
        new DimPaymentType(),
        new DimStaff(),
        new DimTransaction(),
        new FactPayment(),
        new FactPurchaseOrder(),
        new FactSalesOrder(),
    ];
}
