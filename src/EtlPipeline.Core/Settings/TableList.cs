using System.Text.RegularExpressions;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Settings;

/// <summary>A table that the list names.</summary>
/// <param name="Name">The table, view or foreign table.</param>
/// <param name="Key">The columns of its key, written <c>view(column, …)</c>; empty for a table, whose key the catalog knows.</param>
public sealed record ListedTable(TableName Name, IReadOnlyList<string> Key)
{
    /// <summary>The name, with the key if it has one.</summary>
    public override string ToString() => Key.Count == 0 ? Name.Value : $"{Name}({string.Join(", ", Key)})";
}

/// <summary>
/// The tables that one pipeline ingests, as <c>AWS_TABLES_LIST</c> names them: <c>sales_order, staff</c>; <c>*</c> for every table of the
/// schema that has a key; <c>*, !audit_log</c> for all but one; <c>a_view(column, …)</c> for a view with its key.
/// </summary>
public sealed partial class TableList
{
    private TableList(bool isAll, IReadOnlyList<ListedTable> tables, IReadOnlyList<TableName> excluded) =>
        (IsAll, Tables, Excluded) = (isAll, tables, excluded);

    /// <summary>No table.</summary>
    public static TableList None { get; } = new(isAll: false, [], []);

    /// <summary>The eleven tables of totesys.</summary>
    public static TableList Default { get; } = Parse(
        "address, counterparty, currency, department, design, payment, payment_type, purchase_order, sales_order, staff, transaction");

    /// <summary>Whether every table of the schema is ingested that has a key, but for <see cref="Excluded"/>.</summary>
    public bool IsAll { get; }

    /// <summary>The tables that the list names, in its order.</summary>
    public IReadOnlyList<ListedTable> Tables { get; }

    /// <summary>The tables that <c>*</c> leaves out.</summary>
    public IReadOnlyList<TableName> Excluded { get; }

    /// <summary>Whether a table is in the list, if the source has it.</summary>
    public bool Contains(TableName table) => Tables.Any(listed => listed.Name == table) || (IsAll && !Excluded.Contains(table));

    /// <summary>Reads a list; blanks around the commas don't count.</summary>
    /// <exception cref="FormatException">A name is empty, malformed or there twice, or one is excluded without <c>*</c>; the message names each.</exception>
    public static TableList Parse(string text)
    {
        var faults = new List<string>();
        var tables = new List<ListedTable>();
        var excluded = new List<TableName>();
        var isAll = false;
        foreach (var part in Comma().Split(text).Select(part => part.Trim()))
        {
            if (part == "*") isAll = true;
            else if (part.StartsWith('!')) Exclude(part[1..].Trim());
            else Add(part);
        }

        if (!isAll) faults.AddRange(excluded.Select(table => $"'!{table}' needs '*' in the list"));
        return faults.Count == 0 ? new TableList(isAll, tables, excluded) : throw new FormatException(string.Join(", ", faults));

        void Exclude(string name)
        {
            if (TableName.TryParse(name, out var table)) excluded.Add(table);
            else faults.Add($"'!{name}' isn't a table name");
        }

        void Add(string entry)
        {
            var match = Entry().Match(entry);
            if (entry.Length == 0) faults.Add("a name is empty");
            else if (!match.Success || !TableName.TryParse(match.Groups["table"].Value, out var table)) faults.Add($"'{entry}' isn't a table name");
            else if (tables.Exists(listed => listed.Name == table)) faults.Add($"'{table}' is there twice");
            else tables.Add(new ListedTable(table, [.. match.Groups["column"].Captures.Select(column => column.Value.Trim())]));
        }
    }

    /// <summary>The list as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(
        ", ", (IsAll ? ["*"] : Array.Empty<string>()).Concat(Tables.Select(table => table.ToString())).Concat(Excluded.Select(table => $"!{table}")));

    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();

    [GeneratedRegex(@"^(?<table>[^()]+?)\s*(\((?<column>[^(),]+)(,(?<column>[^(),]+))*\))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
