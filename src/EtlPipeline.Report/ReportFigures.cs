using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report;

/// <summary>All that the report shows, as the warehouse was at one moment.</summary>
/// <param name="Warehouse">The database's name.</param>
internal sealed record ReportFigures(string Warehouse)
{
    /// <summary>How the pipeline fares; null if Load has not made its ledger yet.</summary>
    public HealthFigures? Health { get; init; }

    /// <summary>How the business fares; null if the warehouse has no star of totesys.</summary>
    public BusinessFigures? Business { get; init; }
}

/// <summary>How the pipeline that fills the warehouse fares.</summary>
/// <param name="Targets">Its targets.</param>
/// <param name="Rejected">Rows that it can't carry, by target and reason; the most first.</param>
/// <param name="Runs">The last runs that brought something; the newest first.</param>
internal sealed record HealthFigures(IReadOnlyList<TargetHealth> Targets, IReadOnlyList<RejectedRows> Rejected, IReadOnlyList<PipelineRun> Runs)
{
    /// <summary>When something was loaded last; null if nothing was.</summary>
    public DateTimeOffset? LoadedAt => Targets.Max(target => target.LoadedAt);
}

/// <summary>How the business fares whose orders the warehouse has.</summary>
internal sealed record BusinessFigures
{
    /// <summary>The day that ages and due days are counted from: that of the newest event in the warehouse.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Whether there is such an event.</summary>
    public required bool HasEvents { get; init; }

    public required long SalesOrders { get; init; }

    public required long PurchaseOrders { get; init; }

    public required long Payments { get; init; }

    public required IReadOnlyList<SalesMonth> SalesMonths { get; init; }

    /// <summary>What was sold best in the last twelve months.</summary>
    public required TopSellers TopOfYear { get; init; }

    /// <summary>What was sold best in the last three years.</summary>
    public required TopSellers TopOfThreeYears { get; init; }

    public required IReadOnlyList<DeliveryMonth> DeliveryMonths { get; init; }

    public required IReadOnlyList<DeliveryLead> DeliveryLeads { get; init; }

    public required IReadOnlyList<DeliveryMove> DeliveryMoves { get; init; }

    public required IReadOnlyList<UnpaidPayments> UnpaidPayments { get; init; }

    public required IReadOnlyList<OverduePayments> OverduePayments { get; init; }

    public required IReadOnlyList<ChangedColumn> ChangedColumns { get; init; }

    public required IReadOnlyList<OrderChange> LatestChanges { get; init; }
}

/// <summary>Asks the warehouse for the figures of the report.</summary>
/// <param name="session">The session with the warehouse.</param>
/// <param name="today">Stands for the day of the newest event if the warehouse knows none.</param>
internal sealed class ReportReader(ReportSession session, DateOnly today)
{
    private static readonly FigureQuery<(bool HasLedger, bool HasBusiness, string Name)> IsMade =
        new("warehouse_is_made.sql", row => (row.GetBoolean(0), row.GetBoolean(1), row.GetString(2)));

    private static readonly FigureQuery<(DateOnly? AsOf, long Sales, long Purchases, long Payments)> State = new(
        "warehouse_state.sql",
        row => (row.IsDBNull(0) ? null : row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    /// <summary>Reads the figures.</summary>
    public async Task<ReportFigures> ReadAsync(CancellationToken cancellationToken)
    {
        var (hasLedger, hasBusiness, name) = (await session.QueryAsync(IsMade, null, cancellationToken)).Single();
        return new ReportFigures(name)
        {
            Health = hasLedger ? await ReadHealthAsync(cancellationToken) : null,
            Business = hasLedger && hasBusiness ? await ReadBusinessAsync(cancellationToken) : null,
        };
    }

    private async Task<HealthFigures> ReadHealthAsync(CancellationToken cancellationToken) => new(
        await session.QueryAsync(TargetHealth.Query, null, cancellationToken),
        await session.QueryAsync(RejectedRows.Query, null, cancellationToken),
        await session.QueryAsync(PipelineRun.Query, null, cancellationToken));

    private async Task<BusinessFigures> ReadBusinessAsync(CancellationToken cancellationToken)
    {
        var state = (await session.QueryAsync(State, null, cancellationToken)).Single();
        var asOf = state.AsOf ?? today;
        var month = new DateOnly(asOf.Year, asOf.Month, 1);
        return new BusinessFigures
        {
            AsOf = asOf,
            HasEvents = state.AsOf is { },
            SalesOrders = state.Sales,
            PurchaseOrders = state.Purchases,
            Payments = state.Payments,
            SalesMonths = await session.QueryAsync(SalesMonth.Query, asOf, cancellationToken),
            TopOfYear = await ReadTopAsync(month.AddMonths(-11), cancellationToken),
            TopOfThreeYears = await ReadTopAsync(month.AddMonths(-35), cancellationToken),
            DeliveryMonths = await session.QueryAsync(DeliveryMonth.Query, asOf, cancellationToken),
            DeliveryLeads = await session.QueryAsync(DeliveryLead.Query, null, cancellationToken),
            DeliveryMoves = await session.QueryAsync(DeliveryMove.Query, null, cancellationToken),
            UnpaidPayments = await session.QueryAsync(UnpaidPayments.Query, asOf, cancellationToken),
            OverduePayments = await session.QueryAsync(OverduePayments.Query, asOf, cancellationToken),
            ChangedColumns = await session.QueryAsync(ChangedColumn.Query, null, cancellationToken),
            LatestChanges = await session.QueryAsync(OrderChange.Query, null, cancellationToken),
        };
    }

    private async Task<TopSellers> ReadTopAsync(DateOnly from, CancellationToken cancellationToken) => new(
        await session.QueryAsync(TopSeller.Designs, from, cancellationToken),
        await session.QueryAsync(TopSeller.Staff, from, cancellationToken),
        await session.QueryAsync(TopSeller.Counterparties, from, cancellationToken));
}
