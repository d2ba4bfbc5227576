using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Reconciliation.Source;

/// <summary>A column of a source table.</summary>
/// <param name="Column">What the catalog says about it.</param>
/// <param name="BaseType">The base type of its domain, as PostgreSQL prints it without a length; its own type if that isn't a domain.</param>
internal sealed record CatalogColumn(SourceColumn Column, string BaseType)
{
    public string Name => Column.Name;
}

/// <summary>A table or view of the source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Oid">Its number in the catalog.</param>
/// <param name="IsReadable">Whether the role may read it.</param>
/// <param name="Comment">Its comment; null if it has none.</param>
/// <param name="Key">The columns of its key as the list or the catalog has them; empty if it has none.</param>
internal sealed record SourceTable(TableName Name, uint Oid, bool IsReadable, string? Comment, IReadOnlyList<string> Key)
{
    /// <summary>Its columns, in order; empty until they are read.</summary>
    public IReadOnlyList<CatalogColumn> Columns { get; init; } = [];
}

/// <summary>What the source's catalog says about the tables to compare.</summary>
/// <param name="snapshot">The source.</param>
internal sealed class SourceCatalog(Snapshot snapshot)
{
    /// <summary>The tables of a list. Names without a table in the source are left out.</summary>
    public async Task<IReadOnlyList<SourceTable>> ListAsync(TableList list, CancellationToken cancellationToken)
    {
        var found = list.IsAll ? (await FindAsync(null, cancellationToken)).ToList() : [];
        var missing = list.Tables.Where(listed => !found.Exists(table => table.Name == listed.Name)).Select(listed => listed.Name.Value).ToArray();
        if (missing.Length > 0) found.AddRange(await FindAsync(missing, cancellationToken));
        return [.. found.Where(table => !list.Excluded.Contains(table.Name)).Select(table => WithListedKey(table, list))];
    }

    /// <summary>A table with its columns; null if it doesn't exist.</summary>
    public async Task<SourceTable?> FindAsync(TableName name, CancellationToken cancellationToken)
    {
        if (await FindAsync([name.Value], cancellationToken) is not [var table]) return null;
        var columns = await snapshot.QueryAsync(
            Snapshot.Script("find_source_columns.sql").Text,
            [SqlRunner.Parameter((long)table.Oid)],
            reader => new CatalogColumn(
                new SourceColumn(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetString(3)), reader.GetString(4)),
            cancellationToken);
        return table with { Columns = columns };
    }

    private async Task<IReadOnlyList<SourceTable>> FindAsync(string[]? names, CancellationToken cancellationToken)
    {
        var rows = await snapshot.QueryAsync(
            Snapshot.Script("find_source_tables.sql").Text,
            [SqlRunner.Parameter(snapshot.Database.Schema), new Npgsql.NpgsqlParameter { Value = (object?)names ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text }],
            reader => (
                Name: reader.GetString(0),
                Oid: reader.GetFieldValue<uint>(1),
                IsReadable: reader.GetBoolean(2),
                Comment: reader.IsDBNull(3) ? null : reader.GetString(3),
                Key: reader.IsDBNull(4) ? [] : reader.GetFieldValue<string[]>(4)),
            cancellationToken);
        return [.. from row in rows
                   where TableName.TryParse(row.Name, out _)
                   select new SourceTable(TableName.Parse(row.Name), row.Oid, row.IsReadable, row.Comment, row.Key)];
    }

    private static SourceTable WithListedKey(SourceTable table, TableList list) =>
        list.Tables.FirstOrDefault(listed => listed.Name == table.Name) is { Key.Count: > 0 } named ? table with { Key = named.Key } : table;
}
