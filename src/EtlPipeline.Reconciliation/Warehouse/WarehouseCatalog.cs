using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Reconciliation.Warehouse;

/// <summary>What Load says of a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Source">Where it was fed from; null if nothing was loaded yet.</param>
/// <param name="SourceTable">The source table; null if it has none.</param>
/// <param name="Version">The newest version that was applied or stepped over; null if there is none.</param>
/// <param name="VerifiedThrough">Since when every row has been compared by the pipeline itself; null if that can't be told.</param>
/// <param name="IsBlocked">Whether nothing is ended until deletes are accepted.</param>
/// <param name="Description">What it says of itself; null if it was never loaded.</param>
internal sealed record TargetState(
    TableName Target, SourceKind? Source, TableName? SourceTable, TableVersion? Version, TableVersion? VerifiedThrough, bool IsBlocked, TargetDescription? Description);

/// <summary>A table of the warehouse, and the types of its columns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The types under the columns' names; empty if there is no such table.</param>
internal sealed record WarehouseTable(string Name, IReadOnlyDictionary<string, string> Types)
{
    private const string ValidTo = "valid_to";

    /// <summary>Whether it is there.</summary>
    public bool Exists => Types.Count > 0;

    /// <summary>Whether it has states that are over.</summary>
    public bool HasHistory => Types.ContainsKey(ValidTo);

    /// <summary>
    /// The column that holds one of a description; null if there is none. If a copy's column became another type, its newer values lie in
    /// one of its name and a number.
    /// </summary>
    public string? Find(TargetColumn column)
    {
        var candidates = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? column.Name : $"{column.Name}_{number}").TakeWhile(Types.ContainsKey).ToList();
        if (candidates.Count < 2) return candidates.FirstOrDefault();
        return candidates.Find(name => Types[name] == column.Type.Name) ?? candidates.Find(name => Family(Types[name]) == Family(column.Type.Name)) ?? candidates[0];
    }

    private static string Family(string type)
    {
        var array = type.EndsWith("[]", StringComparison.Ordinal) ? "[]" : string.Empty;
        var name = type[..^array.Length].Split('(')[0];
        return array + name switch
        {
            "smallint" or "integer" or "bigint" or "numeric" => "number",
            "text" or "character varying" => "text",
            "real" or "double precision" => "float",
            _ when type.EndsWith(" with time zone", StringComparison.Ordinal) => $"{name} with time zone",
            _ => name,
        };
    }
}

/// <summary>What the warehouse's catalog and ledger say.</summary>
/// <param name="snapshot">The warehouse.</param>
internal sealed class WarehouseCatalog(Snapshot snapshot)
{
    private const string StateTable = "etl_target";

    /// <summary>What Load says of its targets; nothing if it has never been here.</summary>
    public async Task<IReadOnlyList<TargetState>> ReadStatesAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(StateTable, cancellationToken) is not { Exists: true }) return [];
        return await snapshot.QueryAsync(
            Snapshot.Script("find_target_states.sql").Text,
            [],
            reader => new TargetState(
                TableName.Parse(reader.GetString(0)),
                reader.IsDBNull(1) ? null : SourceKind.Parse(reader.GetString(1)),
                reader.IsDBNull(2) ? null : TableName.Parse(reader.GetString(2)),
                Stamp(reader, 3),
                Stamp(reader, 4),
                reader.GetBoolean(5),
                reader.IsDBNull(6) ? null : TargetDescription.Parse(Encoding.UTF8.GetBytes(reader.GetString(6)))),
            cancellationToken);
    }

    /// <summary>A table; one without columns if there is none of the name.</summary>
    public async Task<WarehouseTable> FindAsync(string name, CancellationToken cancellationToken)
    {
        var columns = await snapshot.QueryAsync(
            Snapshot.Script("find_warehouse_columns.sql").Text,
            [SqlRunner.Parameter(new[] { name })],
            reader => (Name: reader.GetString(1), Type: reader.GetString(2)),
            cancellationToken);
        return new WarehouseTable(name, columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal));
    }

    private static TableVersion? Stamp(Npgsql.NpgsqlDataReader reader, int column) =>
        !reader.IsDBNull(column) && TableVersion.TryParse(reader.GetString(column), out var version) ? version : null;
}
