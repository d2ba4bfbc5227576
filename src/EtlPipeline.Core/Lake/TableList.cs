using System.Collections;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// The tables that one pipeline ingests: each once, look-up tables first, and none without its look-up. What Extract and Transform do, they
/// do in this order.
/// </summary>
public sealed class TableList : IReadOnlyList<TableName>
{
    private readonly TableName[] _tables;

    private TableList(IEnumerable<TableName> tables) =>
        _tables = [.. tables.OrderBy(table => SourceCatalogue.IsLookUp(table) ? 0 : 1)];

    /// <summary>The eleven tables of totesys.</summary>
    public static TableList Default { get; } = new(SourceCatalogue.Tables.Select(table => table.Name));

    /// <inheritdoc/>
    public int Count => _tables.Length;

    /// <inheritdoc/>
    public TableName this[int index] => _tables[index];

    /// <summary>Reads a comma-separated list; blanks around the commas don't count.</summary>
    /// <exception cref="FormatException">A name is empty, malformed or there twice, or a look-up table is missing; the message names each.</exception>
    public static TableList Parse(string text)
    {
        var faults = new List<string>();
        var tables = new List<TableName>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TableName.TryParse(part, out var table)) faults.Add(part.Length == 0 ? "a name is empty" : $"'{part}' is no table name");
            else if (tables.Contains(table)) faults.Add($"'{table}' is there twice");
            else tables.Add(table);
        }

        faults.AddRange(
            from table in tables
            let lookUp = SourceCatalogue.LookUpOf(table)
            where lookUp is { } && !tables.Contains(lookUp.Value)
            select $"'{table}' needs its look-up table '{lookUp}' in the list");
        return faults.Count == 0 ? new TableList(tables) : throw new FormatException(string.Join(", ", faults));
    }

    /// <inheritdoc/>
    public IEnumerator<TableName> GetEnumerator() => ((IEnumerable<TableName>)_tables).GetEnumerator();

    /// <summary>The list as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(',', _tables);

    IEnumerator IEnumerable.GetEnumerator() => _tables.GetEnumerator();
}
