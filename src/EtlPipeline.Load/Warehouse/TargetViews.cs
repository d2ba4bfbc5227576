using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A target's views and functions: what is current, what was at any moment, and what changed.</summary>
internal sealed class TargetViews(WarehouseSession session, TargetTables tables)
{
    private const string LastUpdated = "last_updated";

    private TargetDescription Description => tables.Description;

    /// <summary>The name of the view of a fact's current records.</summary>
    public static string CurrentOf(TargetDescription description) =>
        (description.Name.Value.StartsWith("fact_", StringComparison.Ordinal) ? description.Name.Value[5..] : description.Name.Value) + "_current";

    /// <summary>The name of the view of a fact's changes.</summary>
    public static string ChangesOf(TargetDescription description) => $"{description.Name}_changes";

    /// <summary>The name of the function that shows any moment.</summary>
    public static string AsOfOf(TargetDescription description) => $"{description.Name}_as_of";

    /// <summary>The names of the views that Load makes for a target.</summary>
    public static IReadOnlyList<string> NamesOf(TargetDescription description) =>
        description.Kind == TargetKind.Fact ? [CurrentOf(description), ChangesOf(description)] : [];

    /// <summary>Drops them, so that a column under them can be altered.</summary>
    public static async Task DropAsync(WarehouseSession session, TargetDescription description)
    {
        await session.ExecuteAsync($"DROP FUNCTION IF EXISTS {SqlIdentifier.Quote(AsOfOf(description))}(timestamptz)");
        foreach (var view in NamesOf(description)) await session.ExecuteAsync($"DROP VIEW IF EXISTS {SqlIdentifier.Quote(view)}");
    }

    /// <summary>Makes what is missing, and gives what is there the columns that it lacks, after those that it has.</summary>
    public async Task MakeAsync()
    {
        if (Description.Kind != TargetKind.Fact)
        {
            await session.ExecuteAsync(WarehouseSession.Script("history_as_of").With(("function", Qualified(AsOfOf(Description))), ("history", Qualified(tables.History.Name))));
            return;
        }

        var view = CurrentOf(Description);
        var existing = (await WarehouseTable.FindAsync(session, view)).GetValueOrDefault(view);
        var expressions = Expressions();
        if (existing is { } && existing.Columns.Any(column => !expressions.ContainsKey(column.Name)))
        {
            await DropAsync(session, Description);
            existing = null;
        }

        var order = existing is null ? expressions.Keys : existing.Columns.Select(column => column.Name).Union(expressions.Keys);
        var columns = string.Join(", ", order.Select(name => $"{expressions[name]} AS {SqlIdentifier.Quote(name)}"));
        (string, string)[] names = [("view", Qualified(view)), ("function", Qualified(AsOfOf(Description))), ("history", Qualified(tables.History.Name)), ("columns", columns)];
        await session.ExecuteAsync(WarehouseSession.Script("current_view").With(names));
        await session.ExecuteAsync(WarehouseSession.Script("fact_as_of").With(names));
        await session.ExecuteAsync(ChangesView());
    }

    /// <summary>Each column of the view of current records, with what it shows.</summary>
    private Dictionary<string, string> Expressions()
    {
        var technical = (string[])[TargetTables.ValidFrom, TargetTables.ValidTo];
        var columns = tables.History.Columns.Select(column => column.Name).Except(technical).Select(name => (name, $"record.{SqlIdentifier.Quote(name)}"));
        var computed = Description.Computed.Select(column => (column.Name, $"({column.Expression})"));
        return columns.Concat(computed).Concat(technical.Select(name => (name, $"record.{name}"))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    private string ChangesView()
    {
        var dates = Description.Columns.Select(column => tables.ColumnOf(column.Name)).Where(name => name.StartsWith(LastUpdated, StringComparison.Ordinal)).ToList();
        var moved = dates.Count == 0 ? "NULL::boolean" : string.Join(" OR ", dates.Select(name => $"change.was -> '{name}' IS DISTINCT FROM change.became -> '{name}'"));
        string[] technical = [tables.RecordId, TargetTables.ValidFrom, TargetTables.ValidTo];
        return WarehouseSession.Script("changes_view").With(
            ("view", Qualified(ChangesOf(Description))), ("history", Qualified(tables.History.Name)), ("key_columns", SqlIdentifier.List(tables.Key)), ("record_id", SqlIdentifier.Quote(tables.RecordId)),
            ("technical", string.Join(", ", technical.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"))),
            ("last_updated_moved", $"CASE WHEN change.was IS NOT NULL AND change.became IS NOT NULL THEN {moved} END"));
    }

    private string Qualified(string name) => SqlIdentifier.Quote(session.Schema, name);
}

/// <summary>What analysts read beside tables and columns.</summary>
internal sealed class TargetComments(WarehouseSession session, TargetTables tables)
{
    private readonly List<(string Kind, string Name, string Column, string Comment)> _comments = [];

    /// <summary>Writes the comments that are missing or differ.</summary>
    public async Task MakeAsync()
    {
        var (description, history) = (tables.Description, tables.History.Name);
        Describe(history, description.Kind == TargetKind.Fact ? description.Comment : $"Every state of the rows of {description.Name}");
        Add("COLUMN", history, tables.RecordId, "The number of the record");
        Add("COLUMN", history, TargetTables.ValidFrom, "The run that saw this state first");
        Add("COLUMN", history, TargetTables.ValidTo, "The run that saw that it was over; NULL: it is current");
        if (tables.Members is { } members) Describe(members.Name, description.Comment);
        Add("FUNCTION", TargetViews.AsOfOf(description), string.Empty, $"What {description.Name} was at a moment");
        foreach (var view in TargetViews.NamesOf(description)) AddView(view);
        var statements = await session.QueryAsync(
            WarehouseSession.Script("find_missing_comments").Text, reader => reader.GetString(0), Column(row => row.Kind), Column(row => row.Name), Column(row => row.Column), Column(row => row.Comment));
        if (statements.Count > 0) await session.ExecuteAsync(string.Join(";\n", statements));
    }

    private void AddView(string view)
    {
        if (view == TargetViews.ChangesOf(tables.Description))
        {
            Add("VIEW", view, string.Empty, $"Each change of {tables.Description.Name}: what was, what became, and when it was seen");
            Add("COLUMN", view, "last_updated_moved", "Whether the source said that the row was updated; false: it changed in silence");
            return;
        }

        Add("VIEW", view, string.Empty, $"The current records of {tables.Description.Name}. {tables.Description.Comment}".Trim());
        foreach (var column in tables.Description.Columns) Add("COLUMN", view, tables.ColumnOf(column.Name), column.Comment);
        foreach (var column in tables.Description.Computed) Add("COLUMN", view, column.Name, column.Comment);
    }

    private void Describe(string table, string? comment)
    {
        Add("TABLE", table, string.Empty, comment);
        foreach (var column in tables.Description.Columns) Add("COLUMN", table, tables.ColumnOf(column.Name), column.Comment);
    }

    private void Add(string kind, string name, string column, string? comment)
    {
        if (comment is { }) _comments.Add((kind, name, column, comment));
    }

    private Npgsql.NpgsqlParameter<string[]> Column(Func<(string Kind, string Name, string Column, string Comment), string> select) => SqlRunner.Parameter(_comments.Select(select).ToArray());
}
