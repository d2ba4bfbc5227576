using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Pipeline.Tests.Crashes;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Pipeline.Tests.Wire;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>What goes wrong around the pipeline in a history.</summary>
internal sealed class PipelineFaults(HistorySource source, TestPipeline pipeline) : IAsyncDisposable
{
    private const int EffectsOfARun = 260;

    private readonly LakeFolder _ingestion = new(Path.Combine(pipeline.Folder, "ingestion"));
    private readonly LakeFolder _processed = new(Path.Combine(pipeline.Folder, "processed"));
    private readonly CrashSwitch _crash = new();
    private WireProxy? _proxy;

    /// <summary>Whether an object was lost or damaged.</summary>
    public bool HasLostAny { get; private set; }

    /// <summary>Lets time pass, or the lake lose something.</summary>
    public void Happen(HistoryStep step)
    {
        if (step.Action.Name == "hours-pass")
        {
            source.Now += TimeSpan.FromHours(1 + step.Number % 13);
            return;
        }

        HasLostAny = true;
        var table = HistorySource.Tables[step.Number % HistorySource.Tables.Length];
        switch (step.Action.Name)
        {
            case "empty-ingestion":
                _ingestion.Empty();
                break;
            case "empty-processed":
                _processed.Empty();
                break;
            case "empty-lake":
                _ingestion.Empty();
                _processed.Empty();
                break;
            case "lose-newest-version":
                Lose(_ingestion.NewestOf(table, VersionKey.RowsSuffix));
                break;
            default:
                Lose(_ingestion.NewestOf(table, VersionKey.SegmentsSuffix));
                break;
        }
    }

    /// <summary>Damages the newest version of a source table.</summary>
    public void DamageRows(int number)
    {
        HasLostAny = true;
        if (_ingestion.NewestOf(HistorySource.Tables[number % HistorySource.Tables.Length], VersionKey.RowsSuffix) is { } key) _ingestion.Cut(key);
    }

    /// <summary>Damages the newest version of a target.</summary>
    public void DamageParquet(int number)
    {
        HasLostAny = true;
        string[] targets = ["fact_sales_order", "fact_payment", "dim_staff", "dim_currency"];
        if (_processed.NewestOf(targets[number % targets.Length], VersionKey.ParquetSuffix) is { } key) _processed.Cut(key);
    }

    /// <summary>Kills a run at one of its effects, or lets it live if it has fewer.</summary>
    public async Task KillAsync(int number, Func<Task> runAsync)
    {
        _proxy ??= new WireProxy(pipeline.Database.Settings, () => new MortalCarrier(_crash));
        _crash.Killed += _proxy.BreakAll;
        (pipeline.Reach, pipeline.Storage) = (_proxy.Reach, store => new MortalStore(store, _crash));
        _crash.Set(number * EffectsOfARun / 1000, number % 2 == 0 ? CrashSide.Before : CrashSide.After);
        await FailAsync(runAsync);
        _crash.Killed -= _proxy.BreakAll;
        _crash.Disarm();
        (pipeline.Reach, pipeline.Storage) = (settings => settings, store => store);
    }

    /// <summary>Has the server end the run's sessions at one of its calls of a bucket.</summary>
    public async Task EndSessionsAsync(int number, Func<Task> runAsync)
    {
        var calls = number % 40;
        pipeline.Storage = store => new CountingStore(store, async () =>
        {
            if (Interlocked.Decrement(ref calls) == 0) await pipeline.EndSessionsAsync();
        });
        await FailAsync(runAsync);
        pipeline.Storage = store => store;
    }

    /// <summary>Lets writers commit between the run's snapshot and its first version.</summary>
    public async Task WriteDuringAsync(int number, Func<Task> runAsync)
    {
        string[] actions = ["delete", "insert-many", "update-silently", "delete-some", "commit-late", "change-key", "bad-date"];
        var isWritten = false;
        pipeline.Storage = store => new HookedStore(store, isPut: true, string.Empty, WriteAsync);
        await runAsync();
        pipeline.Storage = store => store;
        await WriteAsync();

        async Task WriteAsync()
        {
            if (isWritten) return;
            isWritten = true;
            for (var i = 0; i < 2; i++) await source.TakeAsync(new HistoryStep(HistoryAction.Find(actions[(number + 3 * i) % actions.Length]), number + i));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is { }) await _proxy.DisposeAsync();
    }

    private void Lose(string? key)
    {
        if (key is { }) (key.EndsWith(VersionKey.ParquetSuffix, StringComparison.Ordinal) ? _processed : _ingestion).Lose(key);
    }

    private static async Task FailAsync(Func<Task> runAsync)
    {
        try
        {
            await runAsync();
        }
        catch (Exception exception) when (exception is KilledException or StageFailedException or DatabaseException or ObjectStoreException)
        {
            // Said, or dead.
        }
    }
}
