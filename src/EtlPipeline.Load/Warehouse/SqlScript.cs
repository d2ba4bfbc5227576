using System.Text.RegularExpressions;
using EtlPipeline.Core.Resources;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>
/// An embedded <c>.sql</c> file. Its variables are those of psql (<i>SQL Interpolation</i>): <c>:"name"</c> stands for an identifier and
/// <c>:name</c> for a list of columns, so that a file can be run there after a few <c>\set</c>. Values are never put in; they are parameters.
/// </summary>
internal sealed partial class SqlScript
{
    private static readonly NpgsqlCommandBuilder Quoting = new();

    private readonly string _text;
    private readonly Dictionary<string, string> _variables;

    private SqlScript(string text, Dictionary<string, string> variables)
    {
        _text = text;
        _variables = variables;
    }

    /// <summary>Reads a file of the folder Sql.</summary>
    public static SqlScript Read(string name) => new(ReadResource($"Sql/{name}.sql"), []);

    public static string ReadResource(string name) => EmbeddedText.Read(typeof(SqlScript).Assembly, name);

    /// <summary>Sets an identifier.</summary>
    public SqlScript WithName(string variable, string identifier) => With(variable, Quoting.QuoteIdentifier(identifier));

    /// <summary>Sets a list of columns, each behind the alias of its table where that is given.</summary>
    public SqlScript WithColumns(string variable, IEnumerable<string> columns, string? alias = null) =>
        With(variable, string.Join(", ", columns.Select(column => (alias is null ? "" : alias + ".") + Quoting.QuoteIdentifier(column))));

    /// <summary>Sets a list of expressions that the server itself has put into SQL.</summary>
    public SqlScript WithExpressions(string variable, IEnumerable<string> expressions) => With(variable, string.Join(", ", expressions));

    /// <summary>The statement. All variables are put in at once: what one holds is never looked through for another.</summary>
    public override string ToString() => Variable().Replace(_text, match =>
        _variables.TryGetValue(match.Groups["name"].Value, out var value)
            ? value
            : throw new InvalidOperationException($"The variable {match.Value} was not set."));

    private SqlScript With(string variable, string sql) => new(_text, new(_variables) { [variable] = sql });

    [GeneratedRegex("""(?<![:\w]):(?<quote>"?)(?<name>[a-z_]+)\k<quote>""")]
    private static partial Regex Variable();
}
