using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets;

/// <summary>A warehouse table that is made from a source table. It has no state; several invocations may share it.</summary>
public interface ITarget
{
    /// <summary>What the target says of itself.</summary>
    TargetDescription Description { get; }

    /// <summary>The name of the target's source file, for messages.</summary>
    string File { get; }

    /// <summary>The source table, whose versions become versions of the target.</summary>
    TableName Source { get; }

    /// <summary>The source's columns that are the target's key, in the order of the target's key.</summary>
    IReadOnlyList<string> SourceKey { get; }

    /// <summary>The look-ups whose columns the target carries too; empty if it needs none.</summary>
    IReadOnlyList<LookUp> LookUps { get; }

    /// <summary>Begins a table of the target's rows. Rows of the source are added to it one by one.</summary>
    TargetRows CreateRows();
}
