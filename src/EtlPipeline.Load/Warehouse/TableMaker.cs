using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load.Warehouse;

/// <summary>
/// Makes and alters what a target has in the warehouse so that it is as its description says: tables, columns, indexes, views, functions,
/// comments. It works within the transaction of the version that brought the description: all of it is done, or nothing.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="description">What the target is to be.</param>
/// <param name="before">What it was; null if it is new, or was made by others.</param>
/// <param name="logger">Hears of columns that had to be made under another name.</param>
internal sealed class TableMaker(WarehouseSession session, TargetDescription description, TargetDescription? before, ILogger logger)
{
    private readonly List<string> _added = [];

    private string HistoryName => TargetTables.HistoryOf(description);

    private bool IsFact => description.Kind == TargetKind.Fact;

    /// <summary>Makes and alters.</summary>
    /// <returns>The columns of the table of states that were added to what was there before.</returns>
    /// <exception cref="MisfitException">A column can't be added or altered; the message names table and column, and what is in the way.</exception>
    public async Task<IReadOnlyList<string>> MakeAsync()
    {
        CheckDescription();
        await session.WithoutWaitingAsync("5s", MakeAllAsync);
        return _added;
    }

    private async Task MakeAllAsync()
    {
        var found = await WarehouseTable.FindAsync(session, HistoryName, description.Name.Value);
        if (found.GetValueOrDefault(HistoryName) is { } history && history.Find(TargetTables.ValidFrom) is null) throw TargetTables.NotAdopted(session, description);
        await MakeTableAsync(found.GetValueOrDefault(HistoryName), HistoryName, isHistory: true);
        if (!IsFact) await MakeTableAsync(found.GetValueOrDefault(description.Name.Value), description.Name.Value, isHistory: false);
        var tables = await TargetTables.FindAsync(session, description);
        await MakeIndexesAsync(tables);
        await new TargetViews(session, tables).MakeAsync();
        await new TargetComments(session, tables).MakeAsync();
    }

    private void CheckDescription()
    {
        if (description.Name.Value.Length > 55) throw new MisfitException($"table '{description.Name}': its name is longer than 55 bytes, and Load needs room for '_history' after it");
        if (description.Columns.FirstOrDefault(column => description.Key.Contains(column.Name) && !column.Type.CanBeKey) is { } odd)
            throw new MisfitException($"table '{description.Name}', column '{odd.Name}': {odd.Type} can't be part of a key; integers, text, varchar, uuid and date can");
        if (before is null || before.Key.SequenceEqual(description.Key)) return;
        var dropped = IsFact ? SqlIdentifier.Quote(HistoryName) : $"{SqlIdentifier.Quote(description.Name.Value)}, {SqlIdentifier.Quote(HistoryName)}";
        throw new MisfitException(
            $"table '{description.Name}', column '{description.Key[0]}': the target's key is now ({string.Join(", ", description.Key)}), and its tables were made with ({string.Join(", ", before.Key)}). "
            + $"Let Load begin the target anew: SET search_path TO {SqlIdentifier.Quote(session.Schema)}; DROP TABLE {dropped} CASCADE; DELETE FROM etl_target WHERE target = '{description.Name}'; DELETE FROM etl_rejected WHERE target = '{description.Name}'");
    }

    private Task MakeTableAsync(WarehouseTable? table, string name, bool isHistory) => table is null ? CreateAsync(name, isHistory) : AlterAsync(table, isHistory);

    private Task<int> CreateAsync(string name, bool isHistory)
    {
        var columns = description.Columns.Select(column => Definition(column, isRequired: column.IsRequired && (!isHistory || IsFact)));
        var all = isHistory
            ? columns.Prepend($"{SqlIdentifier.Quote(TargetTables.RecordIdOf(description))} bigserial PRIMARY KEY").Append("valid_from timestamptz NOT NULL").Append("valid_to timestamptz CHECK (valid_to >= valid_from)")
            : columns.Append($"PRIMARY KEY ({SqlIdentifier.List(description.Key)})");
        return session.ExecuteAsync($"CREATE TABLE {SqlIdentifier.Quote(name)} ({string.Join(", ", all)})");
    }

    private string Definition(TargetColumn column, bool isRequired)
    {
        var isKey = description.Key.Contains(column.Name);
        var collation = isKey && column.Type.Name.StartsWith("text", StringComparison.Ordinal) | column.Type.Name.StartsWith("character", StringComparison.Ordinal) ? " COLLATE \"C\"" : string.Empty;
        return $"{SqlIdentifier.Quote(column.Name)} {column.Type}{collation}{(isKey || isRequired ? " NOT NULL" : string.Empty)}";
    }

    private async Task AlterAsync(WarehouseTable table, bool isHistory)
    {
        foreach (var column in description.Columns) await AlterColumnAsync(table, column, isHistory);

        // A column of ours that the description lacks now has no values from here on.
        foreach (var left in table.Columns.Where(column => column.NeedsValue && !IsTechnical(column.Name) && !description.Columns.Any(kept => kept.Name == column.Name)))
        {
            if (table.IsOwned && before is { } && before.Columns.Any(column => column.Name == left.Name))
                await session.ExecuteAsync($"ALTER TABLE {table.Sql} ALTER COLUMN {SqlIdentifier.Quote(left.Name)} DROP NOT NULL");
        }

        if (isHistory && before is null && table.Find(TargetTables.RecordIdOf(description)) is { } number)
        {
            await session.QueryAsync(
                WarehouseSession.Script("set_record_numbers").With(("table", table.Sql), ("record_id", SqlIdentifier.Quote(number.Name))), _ => true,
                SqlRunner.Parameter($"{SqlIdentifier.Quote(session.Schema)}.{table.Sql}"), SqlRunner.Parameter(number.Name));
        }
    }

    private async Task AlterColumnAsync(WarehouseTable table, TargetColumn column, bool isHistory)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? column.Name : $"{column.Name}_{number}";
            if (table.Find(name) is not { } found)
            {
                if (number > 1) Log.ColumnRenamed(logger, table.Name, column.Name, name, column.Type.Name);
                await AddAsync(table, name, column.Type, isHistory);
                return;
            }

            var fit = ColumnFits.Compare(found.BaseType, column.Type.Name);
            if (fit == ColumnFit.Widens) await WidenAsync(table, found, column.Type);
            if (fit != ColumnFit.Differs) return;
            if (description.Kind != TargetKind.Copy || description.Key.Contains(column.Name)) throw TargetTables.Differs(table, found, column);
        }
    }

    private async Task AddAsync(WarehouseTable table, string name, ColumnType type, bool isHistory)
    {
        var statement = $"ALTER TABLE {table.Sql} ADD COLUMN {SqlIdentifier.Quote(name)} {type}";
        if (!table.IsOwned) throw new MisfitException($"table '{table.Name}', column '{name}': the table lacks it, and this role isn't the table's owner; let the owner run {statement}");
        await session.ExecuteAsync(statement);
        if (isHistory) _added.Add(name);
    }

    private async Task WidenAsync(WarehouseTable table, WarehouseColumn column, ColumnType type)
    {
        var statement = $"ALTER TABLE {table.Sql} ALTER COLUMN {SqlIdentifier.Quote(column.Name)} TYPE {type}";
        var own = TargetViews.NamesOf(description);
        var dependents = await session.QueryAsync(
            WarehouseSession.Script("find_dependents").Text, reader => reader.GetString(0), SqlRunner.Parameter(table.Name), SqlRunner.Parameter(column.Name), SqlRunner.Parameter(own.ToArray()));
        var fault = !table.IsOwned ? $"this role isn't the table's owner; let the owner run {statement}"
            : dependents.Count > 0 ? $"it is used by {string.Join(", ", dependents)}; drop what uses it, let Load widen the column, and make them again"
            : null;
        if (fault is { }) throw new MisfitException($"table '{table.Name}', column '{column.Name}': it is {column.Type} and has to become {type}, but {fault}");
        await TargetViews.DropAsync(session, description);
        await session.ExecuteAsync(statement);
    }

    private async Task MakeIndexesAsync(TargetTables tables)
    {
        if (!tables.History.IsOwned) return;
        var (history, key) = (tables.History.Name, SqlIdentifier.List(description.Key));
        await IndexAsync("UNIQUE INDEX", $"{history}_current", $"({key}) WHERE valid_to IS NULL");
        await IndexAsync("INDEX", $"{history}_key_time", $"({key}, valid_from)");
        // With valid_to, a month of the current view doesn't look at the records that have ended.
        if (IsFact && description.Columns.Any(column => column.Name == "created_date")) await IndexAsync("INDEX", $"{history}_created_date", "(created_date, valid_to)");

        Task IndexAsync(string kind, string name, string rest) =>
            session.ExecuteAsync($"CREATE {kind} IF NOT EXISTS {SqlIdentifier.Quote(Shorten(name))} ON {tables.History.Sql} {rest}");
    }

    /// <summary>PostgreSQL cuts names at 63 bytes, which would make one of two.</summary>
    private static string Shorten(string name) =>
        name.Length <= 63 ? name : $"{name[..46]}_{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..16]}";

    private bool IsTechnical(string column) => column is TargetTables.ValidFrom or TargetTables.ValidTo || column == TargetTables.RecordIdOf(description);
}
