using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>By which columns a relation's rows are told apart.</summary>
/// <param name="table">The relation as the list names it.</param>
/// <param name="isTable">Whether it is a table, whose keys the catalog knows.</param>
/// <param name="keys">The keys that the catalog knows, the best first.</param>
/// <param name="target">The source columns that are the key of the table's target; null if it has none.</param>
internal sealed class KeyChoice(ListedTable table, bool isTable, IReadOnlyList<string[]> keys, IReadOnlyList<string>? target)
{
    /// <summary>The key's columns, in order.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public IReadOnlyList<string> Find() => isTable ? FindOfTable() : FindOfView();

    private string[] FindOfTable()
    {
        if (table.Key.Count > 0)
            return Catalogued(table.Key) ?? throw new PipelineException(
                $"Table '{table.Name}': AWS_TABLES_LIST names the key ({string.Join(", ", table.Key)}), which is neither the primary key nor a unique index over columns that are NOT NULL");
        return (target is { } ? Catalogued(target) : null) ?? (keys.Count > 0 ? keys[0] : null) ?? throw new PipelineException(
            $"Table '{table.Name}' has no primary key, nor a unique index over columns that are NOT NULL; its rows can't be told apart. ALTER TABLE … ADD PRIMARY KEY, "
            + "or take it out of AWS_TABLES_LIST");
    }

    private IReadOnlyList<string> FindOfView() =>
        table.Key.Count > 0 ? table.Key : target ?? throw new PipelineException(
            $"'{table.Name}' is a view or foreign table, whose key no catalog knows; name its key in AWS_TABLES_LIST: {table.Name}(column, …)");

    /// <summary>The columns, if they are a key of the catalog, in the order of its index.</summary>
    private string[]? Catalogued(IReadOnlyList<string> columns) =>
        keys.FirstOrDefault(key => key.Length == columns.Count && key.Order(StringComparer.Ordinal).SequenceEqual(columns.Order(StringComparer.Ordinal)));
}
