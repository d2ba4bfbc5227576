using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>The warehouse isn't what it has to be.</summary>
internal sealed class WrongWarehouseException(string message) : Exception(message);

/// <summary>A run of Extract that ended well.</summary>
/// <param name="Snapshot">What it saw.</param>
/// <param name="Summary">What it did.</param>
internal sealed record SeenRun(int Snapshot, ExtractSummary Summary)
{
    /// <summary>Whether the run left nothing of a table to be read.</summary>
    public bool IsComplete(string table) => Summary.Tables.Any(state => state.Table.Value == table && state.IsComplete);
}

/// <summary>
/// Compares the warehouse with the source's states. What the pipeline says of itself decides how much has to be right: the newest state of a
/// target that is complete, and that has been read round since the last loss, equals the newest snapshot; and whatever has been lost, no row
/// may contradict <c>verified_through</c>.
/// </summary>
internal sealed class Auditor(TestPipeline pipeline)
{
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["fact_sales_order"] = "sales_order",
        ["fact_payment"] = "payment",
        ["dim_staff"] = "staff",
        ["dim_currency"] = "currency",
    };

    private readonly LakeFolder _ingestion = new(Path.Combine(pipeline.Folder, "ingestion"));
    private readonly LakeFolder _processed = new(Path.Combine(pipeline.Folder, "processed"));
    private readonly List<(string Target, int Snapshot)> _kept = [];

    /// <summary>Whether nothing is compared.</summary>
    public bool IsSilent { get; init; }

    /// <summary>How many comparisons of a whole target with a snapshot there were, and how many could not be made as yet.</summary>
    public (int Compared, int Waiting) Counts { get; private set; }

    /// <summary>Compares every target.</summary>
    /// <param name="run">The run that ended last, if it ended well; else null.</param>
    /// <param name="isEnd">Whether nothing is left to wait for, so that every target has to be right.</param>
    public async Task AuditAsync(SeenRun? run, bool isEnd = false)
    {
        if (IsSilent) return;
        foreach (var target in Sources.Keys)
        {
            var state = await StateAsync(target);
            if (state.VerifiedThrough is { } through)
                Demand(await pipeline.Oracle.VerifiedDifferencesAsync(target, through), $"{target} is said to be verified through {through}, and isn't");
            if (run is { } && run.IsComplete(Sources[target]) && await IsCompleteAsync(target, state)) await CompareAsync(target, run.Snapshot);
            else if (isEnd) throw new WrongWarehouseException($"{target} is not complete in the end: {state}");
            else Counts = (Counts.Compared, Counts.Waiting + 1);
        }

        await DemandNoCorrectionsAsync();
        if (isEnd) await CompareKeptAsync();
    }

    private async Task CompareAsync(string target, int snapshot)
    {
        Demand(await pipeline.Oracle.CurrentDifferencesAsync(target, snapshot), $"{target} isn't what snapshot {snapshot} was");
        Counts = (Counts.Compared + 1, Counts.Waiting);
        _kept.Add((target, snapshot));
    }

    /// <summary>Whatever was right once is so for ever, as of its run.</summary>
    private async Task CompareKeptAsync()
    {
        foreach (var (target, snapshot) in _kept)
            Demand(await pipeline.Oracle.AsOfDifferencesAsync(target, snapshot), $"{target} as of the run of snapshot {snapshot} isn't what it was");
    }

    /// <summary>A correction in the round is a change that the following had missed, and it has no excuse to.</summary>
    private async Task DemandNoCorrectionsAsync() => Demand(
        await pipeline.Warehouse.RowsAsync("SELECT target, version, corrections FROM warehouse.etl_load WHERE corrections > 0"), "the round had to correct");

    /// <summary>Whether the target has loaded the source's newest version, which is complete, and nothing that was lost is unread.</summary>
    private async Task<bool> IsCompleteAsync(string target, TargetState state)
    {
        if (state.IsBlocked) return false;
        var newest = _ingestion.NewestOf(Sources[target], VersionKey.RowsSuffix);
        if (newest is null || _processed.NewestOf(target, VersionKey.ParquetSuffix) != $"{target}/{state.Version}{VersionKey.ParquetSuffix}") return false;
        if (newest != $"{Sources[target]}/{state.Version}{VersionKey.RowsSuffix}") return false;
        var description = await pipeline.Ingestion.DescribeAsync(newest, TestContext.Current.CancellationToken);
        if (description is null || VersionMetadata.Read(description.Metadata) is not { IsComplete: true } metadata) return false;

        // Everything was read again after what was lost; then Load has to say what Extract does.
        return string.CompareOrdinal(metadata.OldestRead?.ToString(), state.CompleteAfter) > 0 && state.VerifiedThrough == metadata.Verified?.ToString();
    }

    private async Task<TargetState> StateAsync(string target)
    {
        var rows = await pipeline.Warehouse.RowsAsync(
            $"SELECT version, complete_after, verified_through, is_blocked FROM warehouse.etl_target WHERE target = '{target}'");
        return rows is [var row] && row.Split('|') is [var version, var after, var through, var blocked]
            ? new TargetState(version, after, through == "∅" ? null : through, blocked == "t")
            : new TargetState("∅", string.Empty, null, false);
    }

    private static void Demand(IReadOnlyList<string> differences, string message)
    {
        if (differences.Count > 0) throw new WrongWarehouseException($"{message}:\n  {string.Join("\n  ", differences)}");
    }

    private sealed record TargetState(string Version, string CompleteAfter, string? VerifiedThrough, bool IsBlocked);
}
