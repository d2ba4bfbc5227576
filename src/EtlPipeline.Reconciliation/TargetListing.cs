using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Reconciliation.Comparison;
using EtlPipeline.Reconciliation.Source;
using EtlPipeline.Reconciliation.Warehouse;
using EtlPipeline.Targets;

namespace EtlPipeline.Reconciliation;

/// <summary>What there is to compare in the settings, the source and the warehouse, and what can't be compared.</summary>
internal sealed class TargetListing
{
    private readonly List<ListedTarget> _targets = [];
    private readonly List<(TableName Table, string Reason)> _leftOut = [];
    private readonly IReadOnlyList<TargetState> _states;
    private readonly TargetList _known;

    private TargetListing(IReadOnlyList<TargetState> states, TargetList known) => (_states, _known) = (states, known);

    /// <summary>What can be compared.</summary>
    public IReadOnlyList<ListedTarget> Targets => _targets;

    /// <summary>What can't be compared, and why.</summary>
    public IReadOnlyList<(TableName Table, string Reason)> LeftOut => _leftOut;

    /// <summary>The source's clock before anything is compared.</summary>
    public DateTimeOffset BeganAt { get; private init; }

    /// <summary>What Load says about a target; null if it doesn't know it.</summary>
    public TargetState? StateOf(TableName target) => _states.FirstOrDefault(state => state.Target == target);

    public static async Task<TargetListing> ReadAsync(PostgreSqlDatabase source, PostgreSqlDatabase warehouse, TableList list, TargetList known, CancellationToken cancellationToken)
    {
        await using var oltp = await Snapshot.TakeAsync(source, cancellationToken);
        await using var loaded = await Snapshot.TakeAsync(warehouse, cancellationToken);
        var tables = await new SourceCatalog(oltp).ListAsync(list, cancellationToken);
        var listing = new TargetListing(await new WarehouseCatalog(loaded).ReadStatesAsync(cancellationToken), known) { BeganAt = await oltp.ReadClockAsync(cancellationToken) };
        foreach (var table in tables) listing.Add(table);
        foreach (var missing in list.Tables.Where(listed => !tables.Any(table => table.Name == listed.Name))) listing.LeaveOut(missing.Name, "the source has no such table");
        listing.LeaveOutOthers();
        return listing;
    }

    private void Add(SourceTable table)
    {
        if (!table.IsReadable)
        {
            LeaveOut(table.Name, $"the role may not read it: GRANT SELECT ON {SqlIdentifier.Quote(table.Name.Value)} TO it");
            return;
        }

        var known = _known.OfSource(table.Name);
        foreach (var target in known) Add(new ListedTarget(target.Description.Name, table, target, StateOf(target.Description.Name)));
        if (known.Count > 0 || _known.IsLookUp(table.Name)) return;
        try
        {
            var copy = CopyTarget.NameOf(table.Name);
            if (table.Key.Count == 0 && StateOf(copy)?.Description is null) LeaveOut(table.Name, "it has no key: add a primary key, or name its key in AWS_TABLES_LIST");
            else Add(new ListedTarget(copy, table, null, StateOf(copy)));
        }
        catch (PipelineException exception)
        {
            LeaveOut(table.Name, exception.Message);
        }
    }

    private void Add(ListedTarget target)
    {
        if (target.State?.Source == SourceKind.Sample) LeaveOut(target.Target, "it was fed with generated sample data");
        else _targets.Add(target);
    }

    private void LeaveOut(TableName table, string reason) => _leftOut.Add((table, reason));

    /// <summary>What is in the warehouse and isn't asked for.</summary>
    private void LeaveOutOthers()
    {
        foreach (var state in _states.Where(state => state.Target != TargetCatalogue.Calendar.Name && state.Description is { }))
        {
            if (_targets.Exists(target => target.Target == state.Target) || _leftOut.Exists(left => left.Table == state.Target || left.Table == state.SourceTable)) continue;
            var isRetired = state.Description!.Kind == TargetKind.Copy && state.SourceTable is { } source && (_known.OfSource(source).Count > 0 || _known.IsLookUp(source));
            LeaveOut(state.Target, isRetired ? "a target uses its source table now, and the copy is retired" : "the source has no such table, or AWS_TABLES_LIST doesn't name it");
        }
    }
}
