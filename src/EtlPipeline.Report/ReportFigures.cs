using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report;

/// <summary>All that the report shows, as the warehouse was at one moment.</summary>
internal sealed record ReportFigures
{
    public required WarehouseState State { get; init; }

    /// <summary>The day that ages and due days are counted from: that of the newest event in the warehouse.</summary>
    public required DateOnly AsOf { get; init; }

    public required IReadOnlyList<SalesMonth> SalesMonths { get; init; }

    public required IReadOnlyList<TopSeller> TopDesigns { get; init; }

    public required IReadOnlyList<TopSeller> TopStaff { get; init; }

    public required IReadOnlyList<TopSeller> TopCounterparties { get; init; }

    public required IReadOnlyList<DeliveryMonth> DeliveryMonths { get; init; }

    public required IReadOnlyList<DeliveryLead> DeliveryLeads { get; init; }

    public required IReadOnlyList<DeliveryMove> DeliveryMoves { get; init; }

    public required IReadOnlyList<UnpaidPayments> UnpaidPayments { get; init; }

    public required IReadOnlyList<OverduePayments> OverduePayments { get; init; }

    public required IReadOnlyList<ChangedColumn> ChangedColumns { get; init; }

    public required IReadOnlyList<OrderChange> LatestChanges { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<PipelineRun> Runs { get; init; }

    public required IReadOnlyList<LoadedTarget> Targets { get; init; }
}
