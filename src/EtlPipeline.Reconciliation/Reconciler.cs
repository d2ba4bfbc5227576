using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Reconciliation.Comparison;
using EtlPipeline.Reconciliation.Warehouse;
using EtlPipeline.Targets;

namespace EtlPipeline.Reconciliation;

/// <summary>
/// Compares the warehouse with the source. It shares nothing with Extract: it reads every row, in key order, through each target's own
/// mapping, and ignores transaction ids. It looks again at what differs after the next run has been loaded; a row is wrong if it still differs
/// and hasn't changed in the source in between.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="warehouse">The warehouse.</param>
/// <param name="ingestion">The ingestion bucket, which shows when a run began.</param>
/// <param name="tables">The tables that the pipeline ingests.</param>
/// <param name="clock">Measures how long it waits.</param>
/// <param name="progress">Receives a few words about what is being done.</param>
/// <param name="copied">The tables that the pipeline carries as they are although there is a target for a table of that name.</param>
public sealed class Reconciler(
    PostgreSqlDatabase source, PostgreSqlDatabase warehouse, IObjectStore ingestion, TableList tables, TimeProvider clock, IProgress<string>? progress = null,
    TableList? copied = null)
{
    // A row that changes all the time in the source differs in every look.
    private const int Looks = 4;

    private readonly TargetList _targets = TargetCatalogue.List.Without(copied ?? TableList.None);

    /// <summary>Compares.</summary>
    /// <exception cref="DatabaseException">A database can't be reached, or refused.</exception>
    /// <exception cref="ObjectStoreException">The bucket can't be read.</exception>
    public async Task<ReconciliationReport> RunAsync(ReconcileOptions options, CancellationToken cancellationToken)
    {
        var listing = await TargetListing.ReadAsync(source, warehouse, tables, _targets, cancellationToken);
        var budget = new KeyBudget(options.KeysKept);
        var watches = LooksOf(options, listing).Where(look => IsAsked(options, look.Target, look.Source)).Select(look => new Watch(look, listing.BeganAt, options.KeysShown)).ToList();
        foreach (var watch in watches)
        {
            progress?.Report($"comparing {watch.Look.Target}");
            await watch.BeginAsync(budget, cancellationToken);
        }

        for (var look = 2; look <= Looks && options.MayWait && watches.Exists(watch => watch.IsOpen); look++)
            await LookAgainAsync(watches, options, budget, cancellationToken);
        var leftOut = listing.LeftOut.Where(left => IsAsked(options, left.Table, null)).Select(left => NotCompared(left.Table, left.Reason, options));
        return new ReconciliationReport([.. watches.Select(watch => Report(watch, listing.StateOf(watch.Look.Target))), .. leftOut]);
    }

    private static bool IsAsked(ReconcileOptions options, TableName target, TableName? from) =>
        options.Only is not { } only || only.Contains(target) || (from is { } table && only.Contains(table));

    private static TargetReport NotCompared(TableName table, string reason, ReconcileOptions options) => new()
    {
        Target = table,
        Outcome = TargetOutcome.NotCompared,
        Reason = reason,
        Faults = new DifferenceList(options.KeysShown),
        Unconfirmed = new DifferenceList(options.KeysShown),
    };

    private static TargetReport Report(Watch watch, TargetState? state) => watch.ToReport() with
    {
        Version = state?.Version,
        VerifiedThrough = state?.VerifiedThrough,
        IsBlocked = state?.IsBlocked ?? false,
    };

    private IEnumerable<ILook> LooksOf(ReconcileOptions options, TargetListing listing) => options.IsChecksum
        ? listing.Targets.Where(target => target.Known is null).Select(target => new ChecksumLook(source, warehouse, target))
        : listing.Targets.Select(ILook (target) => new TargetLook(source, warehouse, target)).Append(new CalendarLook(warehouse));

    private async Task LookAgainAsync(List<Watch> watches, ReconcileOptions options, KeyBudget budget, CancellationToken cancellationToken)
    {
        var open = watches.FindAll(watch => watch.IsOpen);
        progress?.Report(options.Run is null ? "waiting for the next run" : "running the pipeline");
        if (options.Run is { } run) await run(cancellationToken);
        await WaitAsync(open, options, cancellationToken);
        foreach (var watch in open.Where(watch => watch.Obstacle is null))
        {
            progress?.Report($"looking again at {watch.Look.Target}");
            await watch.LookAgainAsync(budget, cancellationToken);
        }
    }

    /// <summary>Waits for each of them until a run that began after the last look has been loaded, or until the time is up.</summary>
    private async Task WaitAsync(List<Watch> open, ReconcileOptions options, CancellationToken cancellationToken)
    {
        var nextRun = new NextRun(ingestion, warehouse, _targets, clock);
        var startedAt = clock.GetTimestamp();
        while (true)
        {
            foreach (var watch in open) watch.Obstacle = await nextRun.FindObstacleAsync(watch.Look.Target, watch.Look.Source, watch.LookedAt, cancellationToken);
            if (open.TrueForAll(watch => watch.Obstacle is null) || options.Run is { } || clock.GetElapsedTime(startedAt) >= options.WaitLimit) return;
            await Task.Delay(options.PollInterval, clock, cancellationToken);
        }
    }
}

/// <summary>A look, and what has been found since.</summary>
internal sealed class Watch(ILook look, DateTimeOffset beganAt, int shown)
{
    // Stands for a whole table.
    private static readonly RowKey WholeTable = new();

    private readonly DifferenceList _faults = new(shown);
    private LookResult? _first;
    private LookResult? _last;

    public ILook Look => look;

    /// <summary>What it still waits for; null if it can be compared again.</summary>
    public string? Obstacle { get; set; }

    /// <summary>The source's clock when the last look was over.</summary>
    public DateTimeOffset LookedAt => _last?.EndedAt ?? beganAt;

    /// <summary>Whether there are differences that may be on their way. If there are more than are kept, the rest isn't told apart.</summary>
    public bool IsOpen => _last is { Differences.IsEmpty: false } && (_last.Differences.Kept.Count > 0 || _faults.Count == 0);

    public async Task BeginAsync(KeyBudget budget, CancellationToken cancellationToken) => _first = _last = await look.RunAsync(null, budget, cancellationToken);

    public async Task LookAgainAsync(KeyBudget budget, CancellationToken cancellationToken)
    {
        var before = _last!.Differences;
        var expected = new Dictionary<RowKey, string>();
        foreach (var difference in before.Kept) expected[difference.Key ?? WholeTable] = difference.Expected;
        var keys = before.HasKeyless || before.Beyond.Count > 0 ? null : expected.Keys.ToList();
        before.Forget();
        var result = await look.RunAsync(keys, budget, cancellationToken);
        var open = new List<KeyDifference>();
        foreach (var difference in result.Differences.Kept)
        {
            if (expected.GetValueOrDefault(difference.Key ?? WholeTable) == difference.Expected) Confirm(difference);
            else open.Add(difference);
        }

        result.Differences.Replace(open);
        _last = result;
    }

    public TargetReport ToReport()
    {
        var unconfirmed = new DifferenceList(shown);
        foreach (var row in _last!.Differences.Kept.SelectMany(difference => difference.Differences)) unconfirmed.Add(row);
        unconfirmed.AddAll(_last.Differences.Beyond);
        return new TargetReport
        {
            Target = look.Target,
            Source = look.Source,
            Outcome = _faults.Count > 0 ? TargetOutcome.Faulty
                : _last.NotCompared is { } ? TargetOutcome.NotCompared
                : unconfirmed.Count > 0 ? TargetOutcome.Unconfirmed
                : TargetOutcome.Equal,
            Reason = _last.NotCompared ?? (unconfirmed.Count > 0 ? Obstacle : null),
            SourceRows = _first!.SourceRows,
            WarehouseRows = _first.WarehouseRows,
            Rejected = _first.Rejected,
            Kept = _first.Kept,
            LeftOut = _first.LeftOut,
            Faults = _faults,
            Unconfirmed = unconfirmed,
        };
    }

    private void Confirm(KeyDifference difference)
    {
        foreach (var row in difference.Differences) _faults.Add(row);
    }
}
