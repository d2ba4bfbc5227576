using EtlPipeline.Core.Resources;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>The queries that lie beside this file.</summary>
internal static class SqlResource
{
    public static string Relations { get; } = Read("relations.sql");

    public static string Columns { get; } = Read("columns.sql");

    public static string Shapes { get; } = Read("shapes.sql");

    private static string Read(string name) => EmbeddedText.Read(typeof(SqlResource).Assembly, name);
}
