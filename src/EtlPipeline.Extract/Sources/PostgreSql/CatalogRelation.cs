namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>What the catalog says of a relation.</summary>
/// <param name="Oid">Its oid.</param>
/// <param name="Kind">Its kind, <c>pg_class.relkind</c>.</param>
/// <param name="IsReadable">Whether the role may SELECT from it.</param>
/// <param name="HasForeignParts">Whether it, or a partition of it, is a foreign table.</param>
internal sealed record CatalogRelation(uint Oid, string Kind, bool IsReadable, bool HasForeignParts)
{
    private const string Table = "r";
    private const string PartitionedTable = "p";
    private const string View = "v";

    public bool IsTable => Kind is Table or PartitionedTable;

    /// <summary>Whether it can be locked, and so has to be: foreign tables and materialized views can't.</summary>
    public bool IsLockable => IsTable || Kind == View;

    /// <summary>Whether it has rows; indexes, sequences and composite types have names too.</summary>
    public bool HasRows => IsLockable || Kind is "m" or "f";
}
