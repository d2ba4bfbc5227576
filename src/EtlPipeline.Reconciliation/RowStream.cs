using System.Globalization;
using Npgsql;

namespace EtlPipeline.Reconciliation;

/// <summary>
/// The rows of a query in the order of their keys, an integer in its first column; one row is held at a time. Values are as PostgreSQL prints
/// them.
/// </summary>
internal sealed class RowStream : IAsyncDisposable
{
    private readonly Snapshot _snapshot;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;

    private RowStream(Snapshot snapshot, NpgsqlCommand command, NpgsqlDataReader reader) =>
        (_snapshot, _command, _reader) = (snapshot, command, reader);

    /// <summary>The key of the row; null where there are no more.</summary>
    public long? Key { get; private set; }

    /// <summary>How many rows were read.</summary>
    public long RowsRead { get; private set; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns => field ??= [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName)];

    /// <summary>Begins a query.</summary>
    /// <exception cref="Core.PostgreSql.DatabaseException">The server refused it.</exception>
    public static async Task<RowStream> OpenAsync(
        Snapshot snapshot, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, snapshot.Connection) { AllResultTypesAreUnknown = true };
        command.Parameters.AddRange(parameters);
        try
        {
            return new RowStream(snapshot, command, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch (NpgsqlException exception)
        {
            await command.DisposeAsync();
            throw snapshot.Database.Failure(exception);
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="Core.PostgreSql.DatabaseException">The session was lost.</exception>
    public async ValueTask AdvanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            Key = await _reader.ReadAsync(cancellationToken) ? long.Parse(_reader.GetString(0), CultureInfo.InvariantCulture) : null;
            if (Key is { }) RowsRead++;
        }
        catch (NpgsqlException exception)
        {
            throw _snapshot.Database.Failure(exception);
        }
    }

    /// <summary>A value of the row; null where it is NULL.</summary>
    public string? Value(int column) => _reader.IsDBNull(column) ? null : _reader.GetString(column);

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }
}
