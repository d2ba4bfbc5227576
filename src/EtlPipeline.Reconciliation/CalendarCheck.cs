using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Resources;

namespace EtlPipeline.Reconciliation;

/// <summary>
/// Checks <c>dim_date</c>, which has no source: its values follow from the date. That no day is missing is seen to by the facts' foreign keys.
/// </summary>
internal static class CalendarCheck
{
    public static async Task<TargetReport> RunAsync(
        Snapshot warehouse, TableName target, int keysShown, CancellationToken cancellationToken)
    {
        var report = new TargetReport(target, keysShown);
        await using var wrong = await RowStream.OpenAsync(warehouse, EmbeddedText.Read(typeof(Reconciler).Assembly, "wrong_dates.sql"), cancellationToken);
        await wrong.AdvanceAsync(cancellationToken);
        while (wrong.Key is { } key)
        {
            report.AddFault(new RowDifference(DifferenceKind.Differing, key, []));
            await wrong.AdvanceAsync(cancellationToken);
        }

        return report;
    }
}
