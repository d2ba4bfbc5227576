using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Rows;

namespace EtlPipeline.Extract.Comparison;

/// <summary>
/// Knows the rows that were read from the source, as hashes. It is filled with them, asked about each row of the newest version, and at the
/// end about the source's rows again.
/// </summary>
internal interface IRowComparison
{
    /// <summary>How many of the source's rows are known.</summary>
    ComparisonDepth Depth { get; }

    /// <summary>Adds a row of the source.</summary>
    void Add(SourceRow row);

    /// <summary>Ends the adding.</summary>
    void Seal();

    /// <summary>Whether the source still has a row of the newest version as it is; <paramref name="line"/> is how it is written then.</summary>
    /// <exception cref="MetadataMismatchException">The row can't be one of a version of ours.</exception>
    bool IsUnchanged(JsonRow row, out ReadOnlyMemory<byte> line);

    /// <summary>Whether a row of the source is new or changed; asked when all rows of the newest version have been seen.</summary>
    bool IsChanged(JsonRow row);
}
