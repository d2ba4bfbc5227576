using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Reconciliation.Warehouse;

/// <summary>What Load says about a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Source">Its source; null if nothing was loaded yet.</param>
/// <param name="SourceTable">The source table; null if it has none.</param>
/// <param name="Version">The newest version that was loaded or skipped; null if there is none.</param>
/// <param name="VerifiedThrough">Since when the pipeline itself has compared every row; null if that isn't known.</param>
/// <param name="IsBlocked">Whether nothing is ended until deletes are accepted.</param>
/// <param name="Description">Its own description; null if it was never loaded.</param>
internal sealed record TargetState(
    TableName Target, SourceKind? Source, TableName? SourceTable, TableVersion? Version, TableVersion? VerifiedThrough, bool IsBlocked, TargetDescription? Description);

/// <summary>A table of the warehouse, and the types of its columns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The columns' types by name; empty if there is no such table.</param>
internal sealed record WarehouseTable(string Name, IReadOnlyDictionary<string, string> Types)
{
    private const string ValidTo = "valid_to";

    /// <summary>Whether it exists.</summary>
    public bool Exists => Types.Count > 0;

    /// <summary>Whether it keeps ended states.</summary>
    public bool HasHistory => Types.ContainsKey(ValidTo);

    /// <summary>
    /// The column that holds a described one; null if there is none. If the type of a copy's column changed, its newer values are in a column
    /// of its name with a number.
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

    /// <summary>What Load says about its targets; nothing if it has never run here.</summary>
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

    /// <summary>A table; one without columns if it doesn't exist.</summary>
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
