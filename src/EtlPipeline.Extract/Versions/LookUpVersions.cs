using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Versions;

/// <summary>The versions of look-up tables that this run's versions go with.</summary>
/// <param name="newest">The versions that were there before the run.</param>
internal sealed class LookUpVersions(NewestVersions newest)
{
    private readonly Dictionary<TableName, TableVersion> _written = [];

    /// <summary>A table gets a new version in this run.</summary>
    public void Add(VersionKey key) => _written.Add(key.Table, key.Version);

    /// <summary>The version of a table's look-up; null where the table has no look-up, or the look-up no version.</summary>
    /// <exception cref="PipelineException">It is not known, because the bucket did not answer.</exception>
    public TableVersion? Find(TableName table)
    {
        if (SourceCatalogue.LookUpOf(table) is not { } lookUp) return null;
        if (_written.TryGetValue(lookUp, out var version)) return version;
        return newest.AreKnown(lookUp)
            ? newest[lookUp]?.Version
            : throw new PipelineException($"Table '{table}' waits for its look-up table '{lookUp}', whose versions could not be listed");
    }
}
