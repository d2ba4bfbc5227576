using EtlPipeline.Core.Lake;

namespace EtlPipeline.Transform.Mapping;

/// <summary>A warehouse table that is made from a source table. It has no state; several invocations may share it.</summary>
internal interface ITarget
{
    /// <summary>The warehouse table.</summary>
    TableName Name { get; }

    /// <summary>The source table, whose versions become versions of the target.</summary>
    TableName Source { get; }

    /// <summary>The column by which rows are told apart, the target's first.</summary>
    string KeyColumn { get; }

    /// <summary>Whether rows that vanished from the source become rows with <c>is_deleted</c>.</summary>
    bool KeepsDeletedRows { get; }

    /// <summary>The source table whose columns the target carries too, or null.</summary>
    TableName? LookUp { get; }

    /// <summary>Makes room for the rows of <see cref="LookUp"/>; only where there is one.</summary>
    LookUpRows CreateLookUpRows();

    /// <summary>Begins to make a Parquet file.</summary>
    /// <param name="parquet">Where the file goes; left open.</param>
    /// <param name="lookUp">The rows of <see cref="LookUp"/>, filled; null where there is none.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task<RowTransformation> BeginAsync(Stream parquet, LookUpRows? lookUp, CancellationToken cancellationToken);
}
