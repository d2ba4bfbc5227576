using EtlPipeline.Core.Resources;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>The queries that lie beside this file.</summary>
internal static class SqlResource
{
    public static string Relation { get; } = Read("relation.sql");

    public static string Columns { get; } = Read("columns.sql");

    public static string Shape { get; } = Read("shape.sql");

    private static string Read(string name) => EmbeddedText.Read(typeof(SqlResource).Assembly, name);
}
