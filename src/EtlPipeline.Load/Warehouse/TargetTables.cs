using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>What a file holds doesn't fit its warehouse table; the message names table and column.</summary>
internal sealed class MisfitException(string message) : Exception(message);

/// <summary>The tables of a target as they are in the warehouse, and where the columns of its description lie in them.</summary>
internal sealed class TargetTables
{
    /// <summary>The columns that Load itself adds to a table of states.</summary>
    public const string ValidFrom = "valid_from", ValidTo = "valid_to";

    private readonly IReadOnlyDictionary<string, string> _names;

    private TargetTables(TargetDescription description, WarehouseTable history, WarehouseTable? members, IReadOnlyDictionary<string, string> names) =>
        (Description, History, Members, _names) = (description, history, members, names);

    /// <summary>What the target says of itself.</summary>
    public TargetDescription Description { get; }

    /// <summary>Every state of every row: a fact itself, or the history of a dimension or copy.</summary>
    public WarehouseTable History { get; }

    /// <summary>The newest values of a dimension's members, or the current rows of a copy; null for a fact.</summary>
    public WarehouseTable? Members { get; }

    /// <summary>The columns of the tables, in the description's order.</summary>
    public IReadOnlyList<string> Columns => [.. Description.Columns.Select(column => ColumnOf(column.Name))];

    /// <summary>The key's columns, in its order.</summary>
    public IReadOnlyList<string> Key => Description.Key;

    /// <summary>The record's number.</summary>
    public string RecordId => RecordIdOf(Description);

    /// <summary>Whether members that are gone from the source go here too.</summary>
    public bool IsCopy => Description.Kind == TargetKind.Copy;

    /// <summary>The table's column for one of the description.</summary>
    public string ColumnOf(string name) => _names.GetValueOrDefault(name, name);

    /// <summary>The name of the table that has every state.</summary>
    public static string HistoryOf(TargetDescription description) => description.Kind == TargetKind.Fact ? description.Name.Value : $"{description.Name}_history";

    /// <summary>The name of the record's number.</summary>
    public static string RecordIdOf(TargetDescription description) => description.RecordId ?? "record_id";

    /// <summary>Looks the tables up, as they are.</summary>
    /// <exception cref="MisfitException">A column is missing or of another type, or a required one can't be given a value.</exception>
    public static async Task<TargetTables> FindAsync(WarehouseSession session, TargetDescription description)
    {
        var found = await WarehouseTable.FindAsync(session, HistoryOf(description), description.Name.Value);
        var history = found.GetValueOrDefault(HistoryOf(description)) ?? throw new PipelineException($"The {session.Name} has no table '{HistoryOf(description)}'.");
        if (history.Find(ValidFrom) is null) throw NotAdopted(session, description);
        var members = description.Kind == TargetKind.Fact ? null : found[description.Name.Value];
        var names = description.Columns.ToDictionary(column => column.Name, column => Choose(history, column, description));
        return new TargetTables(description, history, members, names);
    }

    /// <summary>The column that holds a column of the description: of its name; or, in a copy whose column has changed to another type, of its name and a number.</summary>
    private static string Choose(WarehouseTable table, TargetColumn column, TargetDescription description)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? column.Name : $"{column.Name}_{number}";
            if (table.Find(name) is not { } found) throw new MisfitException($"table '{table.Name}', column '{name}': the table has no such column; ALTER TABLE {table.Sql} ADD COLUMN {SqlIdentifier.Quote(name)} {column.Type}");
            if (ColumnFits.Compare(found.BaseType, column.Type.Name) == ColumnFit.Holds) return name;
            if (description.Kind != TargetKind.Copy) throw Differs(table, found, column);
        }
    }

    /// <summary>Says that a column is of a type that can't become another one.</summary>
    public static MisfitException Differs(WarehouseTable table, WarehouseColumn found, TargetColumn column) => new(
        $"table '{table.Name}', column '{found.Name}': it is {found.Type}, and the target's description says {column.Type}, which isn't a wider type; "
        + $"give the target's column another name, or change the table: ALTER TABLE {table.Sql} ALTER COLUMN {SqlIdentifier.Quote(found.Name)} TYPE {column.Type}");

    /// <summary>Says how a table of others is adopted.</summary>
    public static PipelineException NotAdopted(WarehouseSession session, TargetDescription description) => new(
        $"Table '{description.Name}' of the {session.Name} was made by somebody else, or by format 1: it has no column 'valid_from'. Its owner adopts it with "
        + $"psql -v ON_ERROR_STOP=1 -v schema={session.Schema} -v fact={description.Name} -v record_id={RecordIdOf(description)} -v key={string.Join(',', description.Key)} "
        + "-v loader=<role of Load> -f src/EtlPipeline.Load/Warehouse/adopt.sql");
}
