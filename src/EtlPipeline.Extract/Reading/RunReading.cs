using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Targets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract.Reading;

/// <summary>All tables in one run: each is followed, look-up tables before those that need them; then they take turns in being read round.</summary>
internal sealed class RunReading(ExtractRun run, ChainReader chains, VersionWriter writer, StageFailures failures, ILogger logger)
{
    private readonly TargetList _targets = TargetCatalogue.List.Without(run.Options.CopiedTables);
    private readonly List<TableExtraction> _tables = [];
    private readonly List<TableState> _idle = [];

    private bool IsTimeUp => run.Invocation.IsTimeUp;

    /// <summary>Whether a table took no part in the run.</summary>
    public bool HasLeftAny => _idle.Exists(table => table.IsLeft);

    /// <summary>Steps 1 to 3 of all tables.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="known">What lies in the bucket of each, but for those that failed already.</param>
    public async Task FollowAsync(IReadOnlyList<ListedTable> tables, IReadOnlyDictionary<TableName, TableChain> known)
    {
        var lookUps = new LookUps(_targets, tables.Select(table => table.Name).ToHashSet(), chains);
        var described = new List<TableExtraction>();
        foreach (var table in tables.Where(table => known.ContainsKey(table.Name)))
        {
            var chain = known[table.Name];
            if (!await failures.GuardAsync(table.Name.Value, async () => described.Add(await DescribeAsync(table, chain))))
                lookUps.Add(table.Name, LookUpState.OfFailed(chain, isRefused: false));
        }

        foreach (var table in described.OrderBy(table => lookUps.DepthOf(table.Table)).ThenBy(table => table.Relation.Size ?? long.MaxValue))
        {
            if (lookUps.FindMissing(table.Table) is { } missing) Leave(table, $"its look-up table '{missing}' isn't complete yet");
            else if (IsTimeUp) Leave(table, "the time was up before it came to it");
            else await FollowAsync(table, lookUps);
        }
    }

    /// <summary>Step 4: the tables take turns, the smallest first, as long as there is time and nobody has to wait.</summary>
    public async Task ReadRoundAsync()
    {
        var active = _tables.OrderBy(table => table.Relation.Size ?? long.MaxValue).ToList();
        for (var turns = 0; active.Count > 0;)
        {
            foreach (var table in active.ToList())
            {
                if (IsTimeUp || (turns > 0 && await IsHoldingUpAsync())) return;
                var hasRead = false;
                await failures.GuardAsync(table.Table.Value, async () => hasRead = await new RoundReading(run, table).ReadNextAsync());
                if (hasRead) turns++;
                else active.Remove(table);
            }
        }
    }

    /// <summary>What was done, and how the tables stand.</summary>
    public ExtractSummary Summarize() => new(
        IsSkipped: false,
        run.Stamps.Run,
        [.. _tables.SelectMany(table => table.Put).OrderBy(version => version.Version)],
        [.. _tables.Select(table => StateOf(table.Table, table.Segments.All, isLeft: false)), .. _idle]);

    private async Task<TableExtraction> DescribeAsync(ListedTable table, TableChain chain)
    {
        DueReasons.CheckSource(run, chain);
        return new TableExtraction(run, chain, await run.Snapshot.DescribeAsync(table, run.CancellationToken), writer);
    }

    private async Task FollowAsync(TableExtraction table, LookUps lookUps)
    {
        var isLookUp = _targets.IsLookUp(table.Table);
        var isDone = await failures.GuardAsync(table.Table.Value, async () =>
        {
            DueReasons.Apply(run, table);
            await lookUps.ApplyAsync(table, run.CancellationToken);
            await new ChangeReading(run, table).FollowAsync();
            await ReadAtOnceAsync(table, isLookUp);
            await PutNamedAsync(table);
        });
        if (isDone) _tables.Add(table);
        else _idle.Add(StateOf(table.Table, table.Segments.All, isLeft: false));
        if (isLookUp) lookUps.Add(table.Table, isDone ? LookUpState.Of(table) : LookUpState.OfFailed(table.Chain, table.IsRefused));
    }

    /// <summary>A look-up table is read as far as it has to be, because others wait for it; a small table is read whole.</summary>
    private async Task ReadAtOnceAsync(TableExtraction table, bool isLookUp)
    {
        var round = new RoundReading(run, table);
        if (!isLookUp && table.Segments.All is [{ IsUnknown: false, Due: not null } only] && only.Bytes <= run.Limits.SmallTableBytes) await round.ReadDueAsync();
        while (isLookUp && !IsTimeUp && await round.ReadDueAsync())
        {
        }
    }

    /// <summary>A table that the event names gets a version, so that what the event has asked for lies in the bucket.</summary>
    private async Task PutNamedAsync(TableExtraction table)
    {
        if (!run.IsNamed(table.Table) || table.Put.Count > 0 || (table.Segments.KnownCount == 0 && !table.IsAccepted)) return;
        await using var draft = table.Begin(VersionKind.Changes, run.Request.IsFull ? VersionReason.Full : VersionReason.Repair);
        await table.PutAsync(draft, range: null);
    }

    private void Leave(TableExtraction table, string why)
    {
        Log.TableLeft(logger, table.Table, why);
        _idle.Add(StateOf(table.Table, table.Chain.State?.Segments.Segments ?? table.Segments.All, isLeft: true));
        if (run.IsNamed(table.Table))
            failures.Add(table.Table.Value, new PipelineException($"Table '{table.Table}' was named by the event and took no part in the run: {why}; send the event again"));
    }

    private async Task<bool> IsHoldingUpAsync()
    {
        if (!await run.Snapshot.IsHoldingUpAsync(run.CancellationToken)) return false;
        Log.RunGivesWay(logger);
        return true;
    }

    private static TableState StateOf(TableName table, IReadOnlyList<Segment> segments, bool isLeft) => new(
        table,
        segments.Count(segment => !segment.IsUnknown),
        segments.Count(segment => segment.IsUnknown),
        segments.Count(segment => segment.Due is { }),
        isLeft);
}
