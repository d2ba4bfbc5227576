using System.Text.RegularExpressions;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.SetUp;

/// <summary>The SQL that makes the two roles, with the names filled in: the same scripts that psql runs from the repository.</summary>
internal static partial class RoleScripts
{
    /// <summary>The role that Extract reads as.</summary>
    public static string Reader(DatabaseSettings source, TableList tables)
    {
        var schema = SqlIdentifier.Quote(source.Schema);
        var granted = tables.IsAll
            ? $"ALL TABLES IN SCHEMA {schema}"
            : string.Join(", ", tables.Tables.Select(table => SqlIdentifier.Quote(source.Schema, table.Name.Value)));
        var script = Grants().Replace(Read("create_reader.sql"), _ => $"GRANT SELECT ON {granted} TO :\"reader\";");
        return Fill(script, source, "reader");
    }

    /// <summary>The role that Load writes as, and its schema.</summary>
    public static string Loader(DatabaseSettings warehouse) => Fill(Read("create_loader.sql"), warehouse, "loader");

    // What is said about calling psql does not hold for SQL that is pasted into it.
    private static string Fill(string script, DatabaseSettings database, string role)
    {
        var statements = script.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal) && line.Trim().Length > 0);
        return string.Join('\n', statements)
            .Replace($":\"{role}\"", SqlIdentifier.Quote(database.User), StringComparison.Ordinal)
            .Replace(":\"schema\"", SqlIdentifier.Quote(database.Schema), StringComparison.Ordinal)
            .Replace(":\"DBNAME\"", SqlIdentifier.Quote(database.Database), StringComparison.Ordinal)
            + $"\n\\password {SqlIdentifier.Quote(database.User)}";
    }

    private static string Read(string name) => SqlScript.Read(typeof(RoleScripts).Assembly, name).Text;

    [GeneratedRegex("""^GRANT SELECT ON[^;]*TO :"reader";""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Grants();
}
