using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Extract.Source;

/// <summary>A table, view or foreign table of the source, as its catalog describes it in a snapshot.</summary>
public sealed record SourceRelation
{
    /// <summary>Its name.</summary>
    public required TableName Table { get; init; }

    /// <summary>Its columns, in order.</summary>
    public required IReadOnlyList<RelationColumn> Columns { get; init; }

    /// <summary>Its key.</summary>
    public required TableKey Key { get; init; }

    /// <summary>A hash of the form; if it is another one, rows may have changed without a trace in their transaction ids.</summary>
    public required string Shape { get; init; }

    /// <summary>Its comment; null if it has none.</summary>
    public string? Comment { get; init; }

    /// <summary>Bytes of its rows on disk, which tells small from large; null if nobody knows.</summary>
    public long? Size { get; init; }

    /// <summary>Whether the rows tell which transaction wrote them; those of a view or a foreign table don't.</summary>
    public required bool HasTransactionIds { get; init; }

    /// <summary>Whether the database sees to it that keys are unique; it doesn't over a table and those that inherit from it.</summary>
    public bool IsKeyGuarded { get; init; } = true;

    /// <summary>Whether an index has the rows in the key's order, so that a range can be read without a sort of the whole.</summary>
    public bool IsIndexed { get; init; } = true;
}

/// <summary>A column of the source.</summary>
/// <param name="Column">What versions say of it.</param>
/// <param name="Name">Its name, ready for JSON and SQL.</param>
/// <param name="Format">How its values are written in JSON.</param>
/// <param name="Type">The oid of its type, under its domains; 0 for sample tables.</param>
public sealed record RelationColumn(SourceColumn Column, ColumnName Name, ColumnFormat Format, uint Type = 0);
