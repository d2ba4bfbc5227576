using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report;

/// <summary>Everything the report shows, as of one moment.</summary>
/// <param name="Warehouse">The database's name.</param>
internal sealed record ReportFigures(string Warehouse)
{
    /// <summary>The pipeline's health; null if Load hasn't made its ledger yet.</summary>
    public HealthFigures? Health { get; init; }

    /// <summary>The business figures; null if the warehouse doesn't have the totesys star schema.</summary>
    public BusinessFigures? Business { get; init; }
}

/// <summary>The health of the pipeline that fills the warehouse.</summary>
/// <param name="Targets">Its targets.</param>
/// <param name="Rejected">Rows that it can't carry, by target and reason, largest group first.</param>
/// <param name="Runs">The latest runs that brought something, newest first.</param>
internal sealed record HealthFigures(IReadOnlyList<TargetHealth> Targets, IReadOnlyList<RejectedRows> Rejected, IReadOnlyList<PipelineRun> Runs)
{
    /// <summary>When something was last loaded; null if nothing was.</summary>
    public DateTimeOffset? LoadedAt => Targets.Max(target => target.LoadedAt);
}

/// <summary>Figures about the business whose orders the warehouse holds.</summary>
internal sealed record BusinessFigures
{
    /// <summary>The day that ages and due dates are counted from: the day of the newest event in the warehouse.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Whether there is such an event.</summary>
    public required bool HasEvents { get; init; }

    public required long SalesOrders { get; init; }

    public required long PurchaseOrders { get; init; }

    public required long Payments { get; init; }

    public required IReadOnlyList<SalesMonth> SalesMonths { get; init; }

    /// <summary>The best sellers of the last twelve months.</summary>
    public required TopSellers TopOfYear { get; init; }

    /// <summary>The best sellers of the last three years.</summary>
    public required TopSellers TopOfThreeYears { get; init; }

    public required IReadOnlyList<DeliveryMonth> DeliveryMonths { get; init; }

    public required IReadOnlyList<DeliveryLead> DeliveryLeads { get; init; }

    public required IReadOnlyList<DeliveryMove> DeliveryMoves { get; init; }

    public required IReadOnlyList<UnpaidPayments> UnpaidPayments { get; init; }

    public required IReadOnlyList<OverduePayments> OverduePayments { get; init; }

    public required IReadOnlyList<ChangedColumn> ChangedColumns { get; init; }

    public required IReadOnlyList<OrderChange> LatestChanges { get; init; }
}

/// <summary>Reads the report's figures from the warehouse.</summary>
/// <param name="session">The session with the warehouse.</param>
/// <param name="today">Stands in for the day of the newest event if the warehouse has none.</param>
internal sealed class ReportReader(ReportSession session, DateOnly today)
{
    /// <summary>How many days a correction stays recent.</summary>
    public const int RecentDays = 7;

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
        await session.QueryAsync(TargetHealth.Query, today.AddDays(-RecentDays), cancellationToken),
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

    private async Task<TopSellers> ReadTopAsync(DateOnly from, CancellationToken cancellationToken) =>
        TopSellers.Of(await session.QueryAsync(TopSeller.Query, from, cancellationToken));
}
