using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Load;
using EtlPipeline.Transform;

namespace EtlPipeline.Local.Pipeline;

/// <summary>
/// Gathers what the stages tell of their progress into a row a table. A stage reports from its own thread, one call at a time; readers may
/// look from another.
/// </summary>
/// <param name="tables">The tables that are shown from the start.</param>
internal sealed class RoundProgress(IEnumerable<TableName> tables)
    : IProgress<TableExtracted>, IProgress<VersionTransformed>, IProgress<VersionLoaded>
{
    private readonly Lock _lock = new();
    private readonly List<TableProgress> _tables = [.. tables.Select(table => new TableProgress(table))];
    private readonly Dictionary<TableName, TableName> _sourceOfTarget = [];

    /// <summary>Is raised after every change.</summary>
    public event Action? Changed;

    /// <summary>The tables as they are now.</summary>
    public IReadOnlyList<TableProgress> Tables
    {
        get
        {
            lock (_lock) return [.. _tables];
        }
    }

    public void Report(TableExtracted value) => Update(value.Table, table => table with
    {
        Step = value.Version is null ? TableStep.Unchanged : TableStep.Extracted,
        Read = value.Read,
        Changed = value.Changed,
        Deleted = value.Deleted,
        Elapsed = table.Elapsed + value.Elapsed,
    });

    public void Report(VersionTransformed value)
    {
        lock (_lock) _sourceOfTarget[value.Target] = value.Source;
        Update(value.Source, table => table with
        {
            Step = TableStep.Transformed,
            Rejected = (table.Rejected ?? 0) + value.Rejected,
            Elapsed = table.Elapsed + value.Elapsed,
        });
    }

    public void Report(VersionLoaded value)
    {
        TableName name;
        lock (_lock) name = _sourceOfTarget.GetValueOrDefault(value.Target, value.Target);
        Update(name, table => table with
        {
            Step = TableStep.Loaded,
            Loaded = (table.Loaded ?? 0) + value.Written,
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

        Changed?.Invoke();
    }
}
