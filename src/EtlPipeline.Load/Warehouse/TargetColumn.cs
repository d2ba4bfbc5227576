namespace EtlPipeline.Load.Warehouse;

/// <summary>A column of a warehouse table, as the catalog describes it.</summary>
internal sealed record TargetColumn
{
    public required string Name { get; init; }

    /// <summary>The type's name in the SQL standard, such as <c>character varying</c>; of a domain, that of its base.</summary>
    public required string Type { get; init; }

    /// <summary>Digits after the point of a <c>numeric</c>, or of the seconds of a time; null where there is no limit.</summary>
    public int? Scale { get; init; }

    /// <summary>Whether a row can be inserted without a value for it: it is nullable, or has a default.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>Whether the server computes it, so that no value can be given.</summary>
    public required bool IsGenerated { get; init; }

    /// <summary>Whether it is the table's primary key, alone.</summary>
    public required bool IsPrimaryKey { get; init; }

    /// <summary>Whether no two rows can have the same value in it.</summary>
    public required bool IsUnique { get; init; }
}
