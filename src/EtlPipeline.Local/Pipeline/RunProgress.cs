using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Load;
using EtlPipeline.Targets;
using EtlPipeline.Transform;

namespace EtlPipeline.Local.Pipeline;

/// <summary>How far a table has come in a run.</summary>
internal enum TableStep
{
    /// <summary>Its newest version is in the ingestion bucket.</summary>
    Extracted,

    /// <summary>Its newest version is in the processed bucket.</summary>
    Transformed,

    /// <summary>Its newest version is in the warehouse.</summary>
    Loaded,
}

/// <summary>What a run did for a table; counts are of rows.</summary>
/// <param name="Table">The source table, or the warehouse table if that has no source.</param>
internal sealed record TableProgress(TableName Table)
{
    /// <summary>How far its newest version has come.</summary>
    public TableStep Step { get; init; }

    /// <summary>Rows that Extract wrote into the lake.</summary>
    public long Read { get; init; }

    /// <summary>Those of them that were read because a whole part of the table was due, not by the daily round.</summary>
    public long ReadWhole { get; init; }

    /// <summary>Bytes that Extract wrote into the lake, compressed.</summary>
    public long Sent { get; init; }

    /// <summary>Why Extract wrote its versions.</summary>
    public IReadOnlyList<VersionReason> Reasons { get; init; } = [];

    /// <summary>Rows that Load looked at.</summary>
    public long Compared { get; init; }

    /// <summary>Rows that Load inserted or updated. The others were already in the warehouse.</summary>
    public long Written { get; init; }

    /// <summary>Rows that are gone from the source.</summary>
    public long Deleted { get; init; }

    /// <summary>Rows that Transform couldn't use and set aside.</summary>
    public long Rejected { get; init; }

    /// <summary>Rows that the daily round mended.</summary>
    public long Corrections { get; init; }

    /// <summary>How long the three stages took for the table.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether anything changed in the warehouse or couldn't get there.</summary>
    public bool HasChanged => Written + Deleted + Rejected + Corrections > 0;
}

/// <summary>
/// Gathers the stages' progress into one row per table. The stages report on their own threads; readers look from another.
/// </summary>
internal sealed class RunProgress : IProgress<VersionWritten>, IProgress<VersionTransformed>, IProgress<VersionLoaded>
{
    private readonly Lock _lock = new();
    private readonly List<TableProgress> _tables = [];
    private readonly Dictionary<TableName, TableName> _sourceOfTarget = [];

    /// <summary>The tables as they are now, in order of appearance.</summary>
    public IReadOnlyList<TableProgress> Tables
    {
        get
        {
            lock (_lock) return [.. _tables];
        }
    }

    public void Report(VersionWritten value) => Update(value.Table, table => table with
    {
        Step = TableStep.Extracted,
        Read = table.Read + value.Rows,
        Sent = table.Sent + value.Bytes,
        Reasons = [.. table.Reasons.Append(value.Reason).Distinct()],
        ReadWhole = table.ReadWhole + (value is { Kind: VersionKind.Chunk, Reason: not (VersionReason.Round or VersionReason.Changed) } ? value.Rows : 0),
        Elapsed = table.Elapsed + value.Elapsed,
    });

    public void Report(VersionTransformed value)
    {
        lock (_lock) _sourceOfTarget[value.Target] = value.Source;
        Update(value.Source, table => table with
        {
            Step = TableStep.Transformed,
            Rejected = table.Rejected + value.Rejected,
            Elapsed = table.Elapsed + value.Elapsed,
        });
    }

    public void Report(VersionLoaded value)
    {
        TableName name;
        lock (_lock) name = _sourceOfTarget.GetValueOrDefault(value.Target, TargetCatalogue.SourceOf(value.Target));
        Update(name, table => table with
        {
            Step = TableStep.Loaded,
            Compared = table.Compared + value.Rows,
            Written = table.Written + value.Inserted,
            Deleted = table.Deleted + value.Deleted,
            Corrections = table.Corrections + value.Corrections,
            Elapsed = table.Elapsed + value.Elapsed,
        });
    }

    private void Update(TableName name, Func<TableProgress, TableProgress> update)
    {
        lock (_lock)
        {
            var index = _tables.FindIndex(table => table.Table == name);
            if (index < 0) _tables.Add(update(new TableProgress(name)));
            else _tables[index] = update(_tables[index]);
        }
    }
}
