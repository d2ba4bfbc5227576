using EtlPipeline.Core.Resources;

namespace EtlPipeline.Local;

/// <summary>The .sql files of this project, which are embedded.</summary>
internal static class SqlScript
{
    public static string Read(string name) => EmbeddedText.Read(typeof(SqlScript).Assembly, name);
}
