using System.Text.RegularExpressions;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.SetUp;

/// <summary>The SQL that makes the two roles, with the names filled in, from the scripts that psql runs in the repository.</summary>
internal static partial class RoleScripts
{
    /// <summary>The role that Extract reads as. It may read all tables of the schema.</summary>
    public static string Reader(DatabaseSettings source) => Fill(NamedTables().Replace(Read("create_reader.sql"), string.Empty), source, "reader");

    /// <summary>The role that Load writes as, and its schema.</summary>
    public static string Loader(DatabaseSettings warehouse) => Fill(Read("create_loader.sql"), warehouse, "loader");

    // The comments are about calling psql with the file.
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

    // The branch for a list of tables, and what is left of the \if around it.
    [GeneratedRegex("""^\\if[^\\]*\\else\n|^\\endif\n""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NamedTables();
}
