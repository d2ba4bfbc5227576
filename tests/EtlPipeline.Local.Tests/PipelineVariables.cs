using System.Globalization;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests;

/// <summary>The environment variables of a pipeline between two databases of a test, over folders of it.</summary>
internal static class PipelineVariables
{
    public static Dictionary<string, string> Of(TestDatabase totesys, TestDatabase warehouse, TestFolder folder)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_INGEST_BUCKET"] = Uri(folder, "ingestion"),
            ["AWS_PROCESS_BUCKET"] = Uri(folder, "processed"),
            ["DIM_DATE_DAYS"] = "30",
        };
        Add(variables, "TOTE_SYS", totesys.Settings);
        Add(variables, "WAREHOUSE", warehouse.Settings);
        return variables;
    }

    private static void Add(Dictionary<string, string> variables, string prefix, DatabaseSettings settings)
    {
        variables[$"{prefix}_DB_HOST"] = settings.Host;
        variables[$"{prefix}_DB_PORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        variables[$"{prefix}_DB_DB"] = settings.Database;
        variables[$"{prefix}_DB_USER"] = settings.User;
        variables[$"{prefix}_DB_PASSWORD"] = settings.Password;
        variables[$"{prefix}_DB_SSLMODE"] = settings.Security == ConnectionSecurity.Disable ? "disable" : "prefer";
    }

    private static string Uri(TestFolder folder, string bucket) => new Uri(Path.Combine(folder.Path, bucket)).AbsoluteUri;
}
