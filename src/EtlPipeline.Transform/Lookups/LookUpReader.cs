using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Transform.Lookups;

/// <summary>Reads the look-ups of a target as they were at the versions that a version of its source goes with.</summary>
/// <param name="ingestion">The ingestion bucket.</param>
internal sealed class LookUpReader(IObjectStore ingestion)
{
    // Versions of one table mostly go with the same version of its look-up; one table is kept at a time.
    private LakeTable? _last;

    /// <summary>Reads the rows.</summary>
    /// <exception cref="UnreadableVersionException">The version names none of a look-up, or the look-up's versions are missing or damaged.</exception>
    /// <exception cref="PipelineException">A look-up table is too large.</exception>
    public async Task<LookUpRows> ReadAsync(ITarget target, LakeVersion driving, CancellationToken cancellationToken)
    {
        var rows = new LookUpRows();
        foreach (var lookUp in target.LookUps)
        {
            if (!driving.Segments.LookUps.TryGetValue(lookUp.Table, out var version))
                throw new UnreadableVersionException($"'{driving.Key.Segments}' names no version of '{lookUp.Table}', which its rows refer to");
            Fill(rows, lookUp, await ReadAsync(new VersionKey(lookUp.Table, version), cancellationToken));
        }

        return rows;
    }

    private async Task<LakeTable> ReadAsync(VersionKey key, CancellationToken cancellationToken)
    {
        if (_last?.Key == key) return _last;
        try
        {
            return _last = await LakeTable.ReadAsync(ingestion, key, cancellationToken);
        }
        catch (UnreadableVersionException exception)
        {
            throw new UnreadableVersionException($"the rows of '{key}', which its rows refer to, can't be read: {exception.Message}", exception);
        }
    }

    private static void Fill(LookUpRows rows, LookUp lookUp, LakeTable table)
    {
        var json = new JsonRow();
        var row = new SourceRow(json, LookUpRows.None);
        foreach (var bytes in table.Rows)
        {
            json.Read(bytes);
            rows.Add(lookUp, row);
        }
    }
}
