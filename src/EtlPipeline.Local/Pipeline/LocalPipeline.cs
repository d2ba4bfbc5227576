using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract;
using EtlPipeline.Extract.Source;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Extract.Source.Sample;
using EtlPipeline.Load;
using EtlPipeline.Local.Terminals;
using EtlPipeline.SampleData;
using EtlPipeline.Targets;
using EtlPipeline.Transform;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Local.Pipeline;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunOrder
{
    /// <summary>What Extract is asked for; null to carry only what is already in the buckets.</summary>
    public ExtractRequest? Extract { get; init; } = ExtractRequest.Scheduled;

    /// <summary>The source tables of this run; null for all that the settings list.</summary>
    public IReadOnlyList<TableName>? Only { get; init; }

    /// <summary>Whether Transform and Load also look for what earlier runs left to do.</summary>
    public bool IsSweep { get; init; } = true;
}

/// <summary>How a run ended.</summary>
/// <param name="Extract">What Extract did; null if it wasn't called or failed.</param>
/// <param name="Failures">The invocations that failed. The others did everything.</param>
internal sealed record RunOutcome(ExtractSummary? Extract, IReadOnlyList<InvocationFailure> Failures)
{
    public bool IsSuccess => Failures.Count == 0;
}

/// <summary>
/// The three functions in one process instead of AWS. They overlap: while Extract reads a chunk, Transform works on the previous one, and Load
/// on the one before that. What one of them writes rings for the next, a failure stops none of the others, and they pass each other nothing
/// but keys of objects, so memory doesn't grow with the tables. There is one Transform and one Load at a time.
/// </summary>
internal sealed class LocalPipeline : IAsyncDisposable
{
    private readonly PipelineSettings _settings;
    private readonly TimeProvider _clock;
    private readonly RunProgress _progress;
    private readonly ILogger _logger;
    private readonly PostgreSqlDatabase? _oltp;
    private readonly PostgreSqlDatabase _warehouse;
    private readonly IObjectStore _ingestion;
    private readonly IObjectStore _processed;
    private readonly List<InvocationFailure> _failures = [];
    private readonly bool _isRehearsal;
    private readonly WokenFunction _transform;
    private readonly WokenFunction _load;

    /// <summary>Puts the functions together. Nothing is connected yet.</summary>
    /// <param name="settings">Where everything is.</param>
    /// <param name="buckets">Opens the buckets.</param>
    /// <param name="progress">Receives what the stages do.</param>
    /// <param name="clock">The clock of the stages.</param>
    /// <param name="logger">The log of the stages.</param>
    /// <param name="rehearsal">Rolls back whatever the stages do; null if it is to last.</param>
    /// <exception cref="ObjectStoreException">A bucket can't be opened.</exception>
    public LocalPipeline(PipelineSettings settings, ObjectStores buckets, RunProgress progress, TimeProvider clock, ILogger logger, Rehearsal? rehearsal = null)
    {
        (_settings, _progress, _clock, _logger, _isRehearsal) = (settings, progress, clock, logger, rehearsal is { });
        _ingestion = Open(settings.Extract.IngestionBucket);
        _processed = Open(settings.Load.ProcessedBucket);
        _oltp = settings.OpenSource();
        _warehouse = settings.OpenWarehouse();
        var load = new LoadStage(_processed, _warehouse, clock, logger, progress);
        _load = new WokenFunction("load", rehearsal is { } ? (stageEvent, invocation) => load.RehearseAsync(stageEvent, invocation, rehearsal) : load.RunAsync, _failures);
        var calendar = new Calendar(settings.Transform.CalendarStart, settings.Transform.CalendarDays);
        var output = new NotifyingObjectStore(_processed, VersionKey.ParquetSuffix, _load.Ring);
        var transform = new TransformStage(_ingestion, output, calendar, clock, logger, progress, settings.Transform.CopiedTables);
        _transform = new WokenFunction("transform", transform.RunAsync, _failures);

        IObjectStore Open(string name) => rehearsal is { } ? rehearsal.Cover(buckets.Open(name)) : buckets.Open(name);
    }

    /// <summary>Extracts, transforms and loads at the same time until nothing is left to do.</summary>
    /// <param name="order">What to do.</param>
    /// <param name="cancellationToken">Ends the run; what is written by then is whole.</param>
    public async Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        if (order.IsSweep) RingForAll();
        foreach (var table in order.Only ?? []) await RingForPendingAsync(table, cancellationToken);
        // A rehearsed load is rolled back, so a second one would begin again: there is only one, after everything has rung.
        var loading = _isRehearsal ? Task.CompletedTask : _load.RunUntilSilentAsync(cancellationToken);
        var transforming = _transform.RunUntilSilentAsync(cancellationToken);
        ExtractSummary? summary = null;
        try
        {
            if (order.Extract is { } request) summary = await ExtractAsync(request, order.Only, cancellationToken);
        }
        finally
        {
            _transform.EndWhenSilent();
            await transforming;
            _load.EndWhenSilent();
            await (_isRehearsal ? _load.RunUntilSilentAsync(cancellationToken) : loading);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new RunOutcome(summary, [.. _failures]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_oltp is { }) await _oltp.DisposeAsync();
        await _warehouse.DisposeAsync();
    }

    private async Task<ExtractSummary?> ExtractAsync(ExtractRequest request, IReadOnlyList<TableName>? only, CancellationToken cancellationToken)
    {
        var options = new ExtractOptions
        {
            Tables = only is null ? _settings.Extract.Tables : ChosenTables.Restrict(_settings.Extract.Tables, only, _settings.Targets),
            EmptiedTables = _settings.Extract.EmptiedTables,
            CopiedTables = _settings.Extract.CopiedTables,
        };
        var ingestion = new NotifyingObjectStore(_ingestion, VersionKey.RowsSuffix, _transform.Ring);
        var stage = new ExtractStage(Source(), ingestion, options, _clock, _logger, _progress);
        ExtractSummary? summary = null;
        await WokenFunction.GuardAsync(
            "extract",
            async invocation => summary = await stage.RunAsync(request, invocation),
            _failures,
            cancellationToken);
        return summary;
    }

    private ISource Source() => _oltp is { } oltp
        ? new PostgreSqlSource(oltp, _logger)
        : new SampleSource(new SampleHistory(new SampleOptions()), _clock);

    private void RingForAll()
    {
        _transform.Sweep();
        _load.Sweep();
    }

    /// <summary>Rings once more for the newest objects of a table, which brings everything that is pending for it up to date.</summary>
    private async Task RingForPendingAsync(TableName table, CancellationToken cancellationToken)
    {
        var ingested = await new VersionListing(_ingestion, VersionKey.RowsSuffix, _clock).FindNewestAsync(table, cancellationToken);
        if (ingested is { } version) _transform.Ring(new CreatedObject(_ingestion.Name, new VersionKey(table, version).Rows));
        foreach (var target in ChosenTables.TargetsOf(table, _settings.Targets))
        {
            var made = await new VersionListing(_processed, VersionKey.ParquetSuffix, _clock).FindNewestAsync(target, cancellationToken);
            if (made is { } newest) _load.Ring(new CreatedObject(_processed.Name, new VersionKey(target, newest).Parquet));
        }
    }
}

/// <summary>Finds the source tables that the reader names by their own or their targets' names.</summary>
internal static class ChosenTables
{
    /// <summary>The targets that are made from a source table: those of the catalogue, or the copy.</summary>
    public static IReadOnlyList<TableName> TargetsOf(TableName source, TargetList known)
    {
        var targets = known.OfSource(source).Select(target => target.Description.Name).ToList();
        return targets.Count > 0 || known.IsLookUp(source) ? targets : CopyTarget.TryNameOf(source, out var copy) ? [copy] : [];
    }

    /// <summary>The list reduced to some tables and the look-ups that they need.</summary>
    /// <exception cref="PipelineException">One isn't in the list.</exception>
    public static TableList Restrict(TableList list, IReadOnlyList<TableName> only, TargetList known)
    {
        var wanted = only.SelectMany(table => known.LookUpsOf(table).Append(table)).Distinct().ToList();
        return TableList.Parse(string.Join(',', wanted.Select(table => Find(list, table))));
    }

    /// <summary>A table as the list has it.</summary>
    /// <exception cref="PipelineException">It isn't in the list.</exception>
    public static ListedTable Find(TableList list, TableName table)
    {
        if (list.Tables.FirstOrDefault(listed => listed.Name == table) is { } found) return found;
        if (list.IsAll && !list.Excluded.Contains(table)) return new ListedTable(table, []);
        throw new PipelineException(
            $"Table '{table}' isn't in AWS_TABLES_LIST.{Suggestion.For(table.Value, list.Tables.Select(listed => listed.Name.Value))} The list has: {list}.");
    }
}
