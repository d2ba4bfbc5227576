using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report;

/// <summary>Asks the warehouse for the figures of the report.</summary>
/// <param name="session">The session with the warehouse.</param>
/// <param name="today">Stands for the day of the newest event where the warehouse knows none.</param>
internal sealed class ReportReader(ReportSession session, DateOnly today)
{
    private static readonly FigureQuery<bool> IsMade = new("warehouse_is_made.sql", row => row.GetBoolean(0));

    /// <summary>Reads the figures; null where Load has not made the warehouse's tables yet.</summary>
    public async Task<ReportFigures?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!(await session.QueryAsync(IsMade, null, cancellationToken)).Single()) return null;
        var state = (await session.QueryAsync(WarehouseState.Query, null, cancellationToken)).Single();
        var asOf = state.AsOf ?? today;
        return new ReportFigures
        {
            State = state,
            AsOf = asOf,
            SalesMonths = await session.QueryAsync(SalesMonth.Query, asOf, cancellationToken),
            TopDesigns = await session.QueryAsync(TopSeller.Designs, null, cancellationToken),
            TopStaff = await session.QueryAsync(TopSeller.Staff, null, cancellationToken),
            TopCounterparties = await session.QueryAsync(TopSeller.Counterparties, null, cancellationToken),
            DeliveryMonths = await session.QueryAsync(DeliveryMonth.Query, asOf, cancellationToken),
            DeliveryLeads = await session.QueryAsync(DeliveryLead.Query, null, cancellationToken),
            DeliveryMoves = await session.QueryAsync(DeliveryMove.Query, null, cancellationToken),
            UnpaidPayments = await session.QueryAsync(UnpaidPayments.Query, asOf, cancellationToken),
            OverduePayments = await session.QueryAsync(OverduePayments.Query, asOf, cancellationToken),
            ChangedColumns = await session.QueryAsync(ChangedColumn.Query, null, cancellationToken),
            LatestChanges = await session.QueryAsync(OrderChange.Query, null, cancellationToken),
            Runs = await session.QueryAsync(PipelineRun.Query, null, cancellationToken),
            Targets = await session.QueryAsync(LoadedTarget.Query, null, cancellationToken),
        };
    }
}
