using EtlPipeline.Core.PostgreSql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>The queries that lie beside this file.</summary>
internal static class SqlFile
{
    public static string Relations { get; } = Read("relations.sql");

    public static string Columns { get; } = Read("columns.sql");

    public static string Keys { get; } = Read("keys.sql");

    public static string Shapes { get; } = Read("shapes.sql");

    public static string Lockable { get; } = Read("lockable.sql");

    public static string AllTables { get; } = Read("all_tables.sql");

    private static string Read(string name) => SqlScript.Read(typeof(SqlFile).Assembly, name).Text;
}
