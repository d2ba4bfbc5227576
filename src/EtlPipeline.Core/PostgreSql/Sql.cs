using System.Reflection;
using EtlPipeline.Core.Resources;
using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>The one place in which identifiers are quoted.</summary>
public static class SqlIdentifier
{
    /// <summary>Quotes a name.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Quotes a name within a schema.</summary>
    public static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>Quotes names and separates them by commas.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}

/// <summary>
/// A script that is embedded in an assembly. Names in braces stand for identifiers and lists of them, which the program quotes; values are
/// parameters. Such a script can be pasted into psql once the braces are filled in.
/// </summary>
public sealed class SqlScript
{
    private readonly string _text;

    private SqlScript(string text) => _text = text;

    /// <summary>The script as it is.</summary>
    public string Text => _text;

    /// <summary>Reads a script.</summary>
    /// <param name="assembly">The assembly that it is embedded in.</param>
    /// <param name="name">Its logical name, such as <c>claim_version.sql</c>.</param>
    public static SqlScript Read(Assembly assembly, string name) => new(EmbeddedText.Read(assembly, name));

    /// <summary>The script with its names filled in. A name that the script has and the arguments lack stays in its braces, and PostgreSQL refuses it.</summary>
    public string With(params IEnumerable<(string Name, string Sql)> names) =>
        names.Aggregate(_text, (text, name) => text.Replace($"{{{name.Name}}}", name.Sql, StringComparison.Ordinal));
}

/// <summary>Runs SQL, unprepared, with positional parameters (<c>$1</c>).</summary>
public static class SqlRunner
{
    /// <summary>Runs a statement, or several without parameters, and returns how many rows were written.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, IEnumerable<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a statement without parameters.</summary>
    public static Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(sql, [], cancellationToken);

    /// <summary>Runs a query and reads all its rows.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>A parameter without a name.</summary>
    public static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
