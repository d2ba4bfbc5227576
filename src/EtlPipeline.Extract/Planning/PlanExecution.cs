using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Comparison;
using EtlPipeline.Extract.Sources;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract.Planning;

/// <summary>Carries a table's plan out, and falls back to a more thorough one where the newest version turns out not to be what it seemed.</summary>
/// <param name="table">The table.</param>
/// <param name="comparer">Reads it.</param>
/// <param name="body">The newest version's rows; null where there is none.</param>
/// <param name="logger">Where a fallback is noted.</param>
internal sealed class PlanExecution(TableName table, TableComparer comparer, NewestBody? body, ILogger logger)
{
    /// <summary>Reads and compares.</summary>
    /// <exception cref="PipelineException">The plan is to refuse.</exception>
    public async Task<VersionDraft> RunAsync(ExtractionPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return plan switch
            {
                ExtractionPlan.Refuse refusal => throw new PipelineException($"Table '{table}' is refused: {refusal.Fault}"),
                ExtractionPlan.CompareChanged changed => await CompareChangedAsync(changed.Filter, cancellationToken),
                ExtractionPlan.CompareAll all => await CompareAllAsync(all.Reason, cancellationToken),
                _ => await comparer.WriteEveryRowAsync(await CountBeforeAsync(cancellationToken), cancellationToken),
            };
        }
        catch (UnreadableRowsException exception)
        {
            Log.VersionUnreadable(logger, table, body!.Newest.Key.Rows, exception.Message);
            return await comparer.WriteEveryRowAsync(body.Newest.Metadata?.Rows ?? 0, cancellationToken);
        }
    }

    private async Task<VersionDraft> CompareChangedAsync(RowFilter.ChangedSince filter, CancellationToken cancellationToken)
    {
        try
        {
            return await comparer.CompareChangedAsync(body!, filter, cancellationToken);
        }
        catch (MetadataMismatchException)
        {
            return await CompareAllAsync(ComparisonReason.OtherBody, cancellationToken);
        }
    }

    private Task<VersionDraft> CompareAllAsync(string reason, CancellationToken cancellationToken)
    {
        Log.AllRowsCompared(logger, table, reason);
        return comparer.CompareAllAsync(body!, cancellationToken);
    }

    private async Task<long> CountBeforeAsync(CancellationToken cancellationToken) => body switch
    {
        null => 0,
        { Newest.Metadata: { } metadata } => metadata.Rows,
        _ => await body.CountAsync(cancellationToken),
    };
}
