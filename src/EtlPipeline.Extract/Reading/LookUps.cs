using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Targets;

namespace EtlPipeline.Extract.Reading;

/// <summary>The look-up tables of a run, each done before the tables that need it.</summary>
/// <param name="targets">The targets that the tables are carried for.</param>
/// <param name="listed">The tables of the run.</param>
/// <param name="chains">Tells what lies in the bucket.</param>
internal sealed class LookUps(TargetList targets, IReadOnlySet<TableName> listed, ChainReader chains)
{
    private static readonly TableVersion Never = new(DateTimeOffset.UnixEpoch);

    private readonly Dictionary<TableName, LookUpState> _states = [];

    /// <summary>Notes how a look-up table stands, once it is done in this run or can't be.</summary>
    public void Add(TableName table, LookUpState state) => _states[table] = state;

    /// <summary>How many tables have to be done before a table.</summary>
    public int DepthOf(TableName table)
    {
        var lookUps = targets.LookUpsOf(table);
        return lookUps.Count == 0 ? 0 : 1 + lookUps.Max(DepthOf);
    }

    /// <summary>The look-up table that a table has to wait for; null if it needn't.</summary>
    public TableName? FindMissing(TableName table)
    {
        foreach (var lookUp in targets.LookUpsOf(table).Where(listed.Contains))
        {
            if (_states.GetValueOrDefault(lookUp) is not { Version: not null }) return lookUp;
        }

        return null;
    }

    /// <summary>Has a table go with the newest versions of its look-up tables, none of which is missing.</summary>
    public async Task ApplyAsync(TableExtraction table, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<TableName, TableVersion>();
        foreach (var lookUp in targets.LookUpsOf(table.Table).Where(listed.Contains))
        {
            var state = _states[lookUp];
            if (!table.LookUps.TryGetValue(lookUp, out var before) || await HasChangedAsync(state, before, cancellationToken))
                table.Segments.MakeAllDue(VersionReason.Lookup);
            versions.Add(lookUp, state.Version!.Value);
            var verified = state.Verified ?? Never;
            table.LookUpsVerified = table.LookUpsVerified < verified ? table.LookUpsVerified : verified;
        }

        table.LookUps = versions;
    }

    private async Task<bool> HasChangedAsync(LookUpState state, TableVersion before, CancellationToken cancellationToken) =>
        state.Put.Any(version => version.Reason != VersionReason.Round) || await chains.HasChangedSinceAsync(state.Chain, before, cancellationToken);
}

/// <summary>How a look-up table stands.</summary>
/// <param name="Chain">Its versions before the run.</param>
/// <param name="Put">Its versions that the run has put.</param>
/// <param name="Version">The version that others go with; null if they have to wait.</param>
/// <param name="Verified">Since when its rows have been compared; null if not all were.</param>
internal sealed record LookUpState(TableChain Chain, IReadOnlyList<VersionWritten> Put, TableVersion? Version, TableVersion? Verified)
{
    /// <summary>One that took part in the run: it holds others back until it is complete.</summary>
    public static LookUpState Of(TableExtraction table) =>
        new(table.Chain, table.Put, table.Segments.IsComplete ? table.Newest : null, table.Verified);

    /// <summary>One that failed: the others go on with its newest version; if the guard has refused it, also with one that is not complete.</summary>
    public static LookUpState OfFailed(TableChain chain, bool isRefused) =>
        new(chain, [], isRefused || chain.State is { Metadata.IsComplete: true } ? chain.Newest : null, chain.State?.Metadata.Verified);
}
