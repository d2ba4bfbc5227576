using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Sources;

/// <summary>A table of the source, as its catalog describes it in a snapshot.</summary>
public sealed record SourceRelation
{
    /// <summary>The table's name.</summary>
    public required TableName Table { get; init; }

    /// <summary>Its columns, in the table's order.</summary>
    public required IReadOnlyList<SourceColumn> Columns { get; init; }

    /// <summary>The key's columns, as positions in <see cref="Columns"/>, in the key's order; not empty.</summary>
    public required IReadOnlyList<int> Key { get; init; }

    /// <summary>A hash of the form; where it differs, rows may have changed without a trace in their transaction ids.</summary>
    public required string Shape { get; init; }

    /// <summary>Whether the rows tell which transaction wrote them; those of a view or a foreign table don't.</summary>
    public required bool HasTransactionIds { get; init; }
}
