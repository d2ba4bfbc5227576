using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Targets;
using Npgsql;

namespace EtlPipeline.Local.SetUp;

/// <summary>Checks that Load can make and fill its tables in the warehouse.</summary>
/// <param name="warehouse">How the warehouse is reached.</param>
/// <param name="known">The targets, without those of tables that are carried as they are.</param>
internal sealed class WarehouseCheck(DatabaseSettings warehouse, TargetList known)
{
    private static readonly string Query = SqlScript.Read(typeof(WarehouseCheck).Assembly, "warehouse_rights.sql").Text;

    public async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var targets = known.All.Select(target => target.Description.Name.Value).Append(TargetCatalogue.Calendar.Name.Value).ToArray();
        var rights = (await connection.QueryAsync(
            Query, [SqlRunner.Parameter(warehouse.Schema), SqlRunner.Parameter(targets)], Rights.Read, cancellationToken))[0];
        var faults = Faults(rights).ToList();
        return faults.Count > 0 ? faults : [Finding.Fine($"warehouse, schema {warehouse.Schema}", rights.HasSchema ? "the role can make its tables there" : "it isn't there yet; the role can make it")];
    }

    private IEnumerable<Finding> Faults(Rights rights)
    {
        var (schema, role, database) = (SqlIdentifier.Quote(warehouse.Schema), SqlIdentifier.Quote(warehouse.User), SqlIdentifier.Quote(warehouse.Database));
        var subject = $"warehouse, schema {warehouse.Schema}";
        if (rights.IsReadOnly) yield return Finding.Fault("warehouse", "it is a standby, which can only be read", "Set the host of the primary server.");
        if (!rights.CanMakeTemporaryTables) yield return Finding.Fault("warehouse", "the role may not make temporary tables", $"GRANT TEMPORARY ON DATABASE {database} TO {role};");
        if (!rights.HasSchema && !rights.CanMakeSchema)
            yield return Finding.Fault(subject, "it isn't there, and the role may not make it", $"CREATE SCHEMA {schema}; GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};");
        if (rights.HasSchema && !rights.CanMakeTables)
            yield return Finding.Fault(subject, "the role may not make tables there", $"GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};");
        if (rights.IsFormatOne)
            yield return Finding.Advice(subject, "it was made by format 1 of this pipeline", Adoption("its tables are adopted, with their history"));
        else if (rights.Foreign.Count > 0)
            yield return Finding.Fault(subject, $"{string.Join(", ", rights.Foreign)} were made by others", Adoption("Load can fill them"));
    }

    private string Adoption(string purpose) =>
        $"Their owner runs this once, then {purpose}:\npsql -h {warehouse.Host} -p {warehouse.Port} -d {warehouse.Database} -v ON_ERROR_STOP=1 -v loader={warehouse.User} -v schema={warehouse.Schema} -f src/EtlPipeline.Load/Warehouse/adopt.sql";

    private sealed record Rights(bool IsReadOnly, bool CanMakeTemporaryTables, bool HasSchema, bool CanMakeSchema, bool CanMakeTables, bool IsFormatOne, IReadOnlyList<string> Foreign)
    {
        public static Rights Read(NpgsqlDataReader row) => new(
            row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetFieldValue<string[]>(6));
    }
}
