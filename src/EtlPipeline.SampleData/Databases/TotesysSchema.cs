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
