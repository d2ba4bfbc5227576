using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A column of a table or view of the warehouse, as the catalog describes it.</summary>
internal sealed record WarehouseColumn(string Name)
{
    /// <summary>Its type as PostgreSQL prints it.</summary>
    public required string Type { get; init; }

    /// <summary>The type that it has underneath: of a domain, its base; <c>enum</c> for an enum.</summary>
    public required string BaseType { get; init; }
    public required bool IsRequired { get; init; }
    public required bool HasDefault { get; init; }

    /// <summary>Whether the server makes its value, so that none can be given.</summary>
    public required bool IsGenerated { get; init; }
    public required bool IsPrimaryKey { get; init; }

    /// <summary>SQL for a value of its type that says that nothing is known.</summary>
    public required string Unknown { get; init; }

    /// <summary>Whether a row can't be inserted without a value for it.</summary>
    public bool NeedsValue => IsRequired && !HasDefault && !IsGenerated;
}

/// <summary>A table or view of the warehouse, as the catalog describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOwned">Whether this role may alter it.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record WarehouseTable(string Name, bool IsOwned, IReadOnlyList<WarehouseColumn> Columns)
{
    /// <summary>The name as SQL.</summary>
    public string Sql => SqlIdentifier.Quote(Name);

    /// <summary>The column of a name; null if there is none.</summary>
    public WarehouseColumn? Find(string column) => Columns.FirstOrDefault(candidate => candidate.Name == column);

    /// <summary>Looks tables up; those that aren't there are missing in the result.</summary>
    public static async Task<IReadOnlyDictionary<string, WarehouseTable>> FindAsync(WarehouseSession session, params IEnumerable<string> names)
    {
        var rows = await session.QueryAsync(
            WarehouseSession.Script("describe_columns").Text,
            reader => (Table: reader.GetString(0), IsOwned: reader.GetBoolean(1), Column: new WarehouseColumn(reader.GetString(2))
            {
                Type = reader.GetString(3),
                BaseType = reader.GetString(4),
                IsRequired = reader.GetBoolean(5),
                HasDefault = reader.GetBoolean(6),
                IsGenerated = reader.GetBoolean(7),
                IsPrimaryKey = reader.GetBoolean(8),
                Unknown = reader.GetString(9),
            }),
            SqlRunner.Parameter(names.ToArray()));
        return rows.GroupBy(row => row.Table).ToDictionary(
            table => table.Key, table => new WarehouseTable(table.Key, table.First().IsOwned, [.. table.Select(row => row.Column)]));
    }
}
