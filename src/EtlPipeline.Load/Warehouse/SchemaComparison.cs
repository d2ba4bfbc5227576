using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>What Load has made and altered since a moment, as the server's catalogue says.</summary>
internal sealed class SchemaComparison
{
    private readonly IReadOnlyDictionary<(string Table, string Column), string> _before;

    private SchemaComparison(IReadOnlyDictionary<(string Table, string Column), string> before) => _before = before;

    /// <summary>Notes what is there now.</summary>
    public static async Task<SchemaComparison> BeginAsync(WarehouseSession session) => new(await ReadAsync(session));

    /// <summary>What differs now, tables first.</summary>
    public async Task<IReadOnlyList<SchemaChange>> FindChangesAsync(WarehouseSession session)
    {
        var after = await ReadAsync(session);
        var tables = _before.Keys.Select(column => column.Table).ToHashSet(StringComparer.Ordinal);
        var made = after.Keys.Select(column => column.Table).Where(table => !tables.Contains(table)).Distinct().Order(StringComparer.Ordinal);
        var altered = after
            .Where(column => tables.Contains(column.Key.Table) && _before.GetValueOrDefault(column.Key) != column.Value)
            .Select(column => new SchemaChange(column.Key.Table, column.Key.Column, _before.GetValueOrDefault(column.Key), column.Value));
        return [.. made.Select(table => new SchemaChange(table, Column: null, Before: null, After: null)), .. altered];
    }

    private static async Task<IReadOnlyDictionary<(string Table, string Column), string>> ReadAsync(WarehouseSession session)
    {
        var columns = await session.QueryAsync(
            WarehouseSession.Script("find_columns").Text, reader => (Table: reader.GetString(0), Column: reader.GetString(1), Type: reader.GetString(2)));
        return columns.ToDictionary(column => (column.Table, column.Column), column => column.Type);
    }
}
