using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Pipeline.Tests.Crashes;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Pipeline.Tests.Wire;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Takes a history's steps with the pipeline, and audits it after every run that ended well.</summary>
internal sealed class PipelineHistory : IAsyncDisposable
{
    private const int MostReadings = 12;

    private readonly HistorySource _source;
    private readonly TestPipeline _pipeline;
    private readonly PipelineFaults _faults;
    private readonly Auditor _auditor;
    private SeenRun? _seen;

    private PipelineHistory(HistorySource source, TestPipeline pipeline, bool isAudited)
    {
        (_source, _pipeline, _auditor) = (source, pipeline, new Auditor(pipeline) { IsSilent = !isAudited });
        _faults = new PipelineFaults(source, pipeline);
        pipeline.Options = new ExtractOptions { Tables = TableList.Parse(string.Join(", ", HistorySource.Tables)), Limits = SmallLimits.All };
        pipeline.Clock = new HistoryClock(source);
        pipeline.Sources = plain => new AlteredSource(plain, point => point with { TakenAt = source.Now });
    }

    public Auditor Auditor => _auditor;

    private static IReadOnlySet<TableName> Tables { get; } = HistorySource.Tables.Select(TableName.Parse).ToHashSet();

    /// <summary>Makes source and warehouse, and runs once.</summary>
    /// <param name="isAudited">Whether the warehouse is compared with the source after every run.</param>
    public static async Task<PipelineHistory> BeginAsync(bool isAudited = true)
    {
        var source = await HistorySource.CreateAsync();
        var history = new PipelineHistory(source, await TestPipeline.CreateAsync(source.Database), isAudited);
        await history.RunAsync();
        return history;
    }

    /// <summary>Takes a step.</summary>
    public async Task TakeAsync(HistoryStep step)
    {
        switch (step.Action.Kind)
        {
            case StepKind.Run:
                _source.Now += TimeSpan.FromMinutes(5);
                await TakeRunAsync(step);
                break;
            case StepKind.Lake when step.Action.Name == "sweep":
                await LoadAllAsync(_pipeline.SweepAsync);
                await _auditor.AuditAsync(_seen);
                break;
            case StepKind.Lake:
                _faults.Happen(step);
                break;
            case StepKind.Source:
                await _source.ReplaceAsync();
                _pipeline.Database = _source.Database;
                break;
            default:
                await _source.TakeAsync(step);
                break;
        }
    }

    /// <summary>Commits what is open, accepts what was refused, and runs until every row has been read again. Then everything has to be right.</summary>
    public async Task EndAsync()
    {
        await _source.SettleAsync();
        await ReadAllAsync(new ExtractRequest { IsFull = true, AcceptDeletes = Tables });
        await _auditor.AuditAsync(_seen, isEnd: true);
    }

    /// <summary>Commits what is open, accepts what was refused, and lets a day pass, without telling anybody to read all rows.</summary>
    /// <returns>How the facts then differ from the source.</returns>
    public async Task<IReadOnlyList<string>> EndByTheRoundAsync()
    {
        await _source.SettleAsync();
        await ReadAllAsync(new ExtractRequest { AcceptDeletes = Tables });
        _source.Now += TimeSpan.FromDays(1);
        await ReadAllAsync(ExtractRequest.Scheduled);
        var snapshot = _seen?.Snapshot ?? throw new WrongWarehouseException("no run ended well in the end");
        return
        [
            .. await _pipeline.Oracle.CurrentDifferencesAsync("fact_sales_order", snapshot, most: int.MaxValue),
            .. await _pipeline.Oracle.CurrentDifferencesAsync("fact_payment", snapshot, most: int.MaxValue),
        ];
    }

    /// <summary>Runs until no row is left to be read, and loads.</summary>
    private async Task ReadAllAsync(ExtractRequest request)
    {
        for (var reading = 0; reading < MostReadings; reading++, request = ExtractRequest.Scheduled)
        {
            _source.Now += TimeSpan.FromMinutes(5);
            if (await ExtractAsync(request) is { } summary && summary.Tables.All(table => table.IsComplete)) break;
        }

        await LoadAllAsync(_pipeline.SweepAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _pipeline.Database = _source.Database;
        await _faults.DisposeAsync();
        await _source.DisposeAsync();
        await _pipeline.DisposeAsync();
    }

    private Task TakeRunAsync(HistoryStep step) => step.Action.Name switch
    {
        "run-cut-off" => RunAsync(remaining: CutOffAfter(step.Number % MostReadings)),
        "run-killed" => DieAsync(() => _faults.KillAsync(step.Number, () => RunAsync())),
        "run-with-sessions-ended" => DieAsync(() => _faults.EndSessionsAsync(step.Number, () => RunAsync())),
        "run-twice-at-once" => RunTwiceAsync(),
        "run-while-written" => _faults.WriteDuringAsync(step.Number, () => RunAsync()),
        "run-full" => RunAsync(new ExtractRequest { IsFull = true }),
        "run-read" => RunAsync(new ExtractRequest { Read = new HashSet<TableName> { Table(step.Number) } }),
        "run-accepting" => RunAsync(new ExtractRequest { AcceptDeletes = new HashSet<TableName> { Table(step.Number), TableName.Parse("payment") } }),
        "extract-alone" => ExtractAsync(ExtractRequest.Scheduled),
        "run-with-doorbells-lost" => RunDeafAsync(),
        "run-with-parquet-damaged" => RunDamagedAsync(step.Number, isParquet: true),
        "run-with-rows-damaged" => RunDamagedAsync(step.Number, isParquet: false),
        _ => RunAsync(isAccepting: step.Number % 3 != 0),
    };

    private static TableName Table(int number) => TableName.Parse(HistorySource.Tables[number % HistorySource.Tables.Length]);

    private static Func<TimeSpan> CutOffAfter(int questions) => () => questions-- > 0 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;

    private async Task RunAsync(ExtractRequest? request = null, Func<TimeSpan>? remaining = null, bool isAccepting = false)
    {
        var summary = await ExtractAsync(request ?? ExtractRequest.Scheduled, remaining);
        if (summary is null && isAccepting) await ExtractAsync(new ExtractRequest { AcceptDeletes = new HashSet<TableName> { TableName.Parse("payment") } });
        await LoadAllAsync(DrainAsync);
        await _auditor.AuditAsync(_seen);
    }

    /// <summary>Extracts. A table that lost its rows, or whose look-up table isn't there yet, is refused; anything else is a fault.</summary>
    /// <returns>What was done; null if a table was refused.</returns>
    private async Task<ExtractSummary?> ExtractAsync(ExtractRequest request, Func<TimeSpan>? remaining = null)
    {
        _seen = null;
        var snapshot = await _pipeline.CaptureAsync();
        try
        {
            var summary = await _pipeline.ExtractAsync(request, remaining);
            if (summary.RunStamp is { }) _seen = new SeenRun(snapshot, summary);
            return summary;
        }
        catch (StageFailedException refusal) when (refusal.Failures.All(failure => failure.Cause is PipelineException))
        {
            return null;
        }
    }

    /// <summary>Delivers what waits, one event for all objects.</summary>
    private async Task DrainAsync()
    {
        await _pipeline.TransformAsync(TestPipeline.OverTheWire(_pipeline.Ingestion.TakeEvents()));
        await _pipeline.LoadAsync(TestPipeline.OverTheWire(_pipeline.Processed.TakeEvents()));
    }

    /// <summary>Transforms and loads. A version that was damaged or refused is told of as a failure, once something was.</summary>
    private async Task LoadAllAsync(Func<Task> loadAsync)
    {
        try
        {
            await loadAsync();
        }
        catch (StageFailedException failure) when (_faults.HasLostAny || failure.Failures.All(single => single.Cause is PipelineException))
        {
            // The next run carries on.
        }
    }

    private async Task RunTwiceAsync()
    {
        _seen = null;
        var snapshot = await _pipeline.CaptureAsync();
        var ran = await Task.WhenAll(TryAsync(), TryAsync());
        if (ran.LastOrDefault(summary => summary?.RunStamp is { }) is { } summary) _seen = new SeenRun(snapshot, summary);
        var sweep = new StageEvent.Sweep();
        await LoadAllAsync(() => Task.WhenAll(_pipeline.TransformAsync(sweep), _pipeline.TransformAsync(sweep)));
        await LoadAllAsync(() => Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _pipeline.LoadAsync(sweep))));
        await _auditor.AuditAsync(_seen);

        async Task<ExtractSummary?> TryAsync()
        {
            try
            {
                return await _pipeline.ExtractAsync();
            }
            catch (StageFailedException refusal) when (refusal.Failures.All(failure => failure.Cause is PipelineException))
            {
                return null;
            }
        }
    }

    private async Task RunDeafAsync()
    {
        await ExtractAsync(ExtractRequest.Scheduled);
        _pipeline.Ingestion.TakeEvents();
    }

    private async Task RunDamagedAsync(int number, bool isParquet)
    {
        await ExtractAsync(ExtractRequest.Scheduled);
        if (!isParquet) _faults.DamageRows(number);
        await LoadAllAsync(() => _pipeline.TransformAsync(TestPipeline.OverTheWire(_pipeline.Ingestion.TakeEvents())));
        if (isParquet) _faults.DamageParquet(number);
        await LoadAllAsync(() => _pipeline.LoadAsync(TestPipeline.OverTheWire(_pipeline.Processed.TakeEvents())));
        await _auditor.AuditAsync(_seen);
    }

    /// <summary>A run that dies has nobody to tell; what it saw counts only once another run has ended well.</summary>
    private async Task DieAsync(Func<Task> dieAsync)
    {
        await dieAsync();
        _seen = null;
        await _pipeline.UntilSessionsHaveEndedAsync();
    }
}

/// <summary>The history's clock: it stands still within a run.</summary>
internal sealed class HistoryClock(HistorySource source) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => source.Now;
}
