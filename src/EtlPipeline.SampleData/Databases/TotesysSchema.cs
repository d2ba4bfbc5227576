using EtlPipeline.SampleData.Tables;
using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>The tables and enums of the OLTP database totesys.</summary>
public static class TotesysSchema
{
    /// <summary>Makes the eleven tables, empty, in the first schema of the session's search path.</summary>
    /// <exception cref="PostgresException">One of them is there already, or the role may not create them.</exception>
    public static async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlScript.Read("totesys.sql"), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Names in SQL, quoted by the driver.</summary>
internal static class Identifier
{
    private static readonly NpgsqlCommandBuilder Builder = new();

    public static string Quote(string name) => Builder.QuoteIdentifier(name);

    public static string List(IEnumerable<TotesysColumn> columns) => string.Join(", ", columns.Select(column => Quote(column.Name)));
}

/// <summary>The scripts of this folder, which are embedded.</summary>
internal static class SqlScript
{
    public static string Read(string name)
    {
        using var stream = typeof(SqlScript).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
