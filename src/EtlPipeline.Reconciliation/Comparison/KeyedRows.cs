using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>Rows in key order, one of which is in memory at a time.</summary>
/// <param name="order">The key, and its order.</param>
/// <param name="place">Where the rows are, for messages.</param>
internal abstract class KeyedRows(TableKey order, string place) : IAsyncDisposable
{
    /// <summary>The key of the current row; null after the last one.</summary>
    public RowKey? Key { get; private set; }

    /// <summary>How many rows were read.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the row before this one had the same key.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>A value of the row as PostgreSQL prints it; null if it is NULL.</summary>
    public abstract string? Value(int column);

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="KeyOrderException">The rows aren't in key order, so nothing can be said about them.</exception>
    public async ValueTask AdvanceAsync(CancellationToken cancellationToken)
    {
        var next = await ReadAsync(cancellationToken);
        var rise = Key is { } && next is { } ? order.Compare(Key, next) : -1;
        if (rise > 0) throw new KeyOrderException($"the keys of {place} aren't in ascending order as the target prints them");
        (IsRepeated, Key) = (rise == 0, next);
        if (next is { }) Count++;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads a row, and returns its key; null if there are no more.</summary>
    protected abstract ValueTask<RowKey?> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Keys of the source and the target can't be compared in one order.</summary>
internal sealed class KeyOrderException(string message) : Exception(message);

/// <summary>Rows of a query in the warehouse: the key's columns as text, then the values.</summary>
internal sealed class WarehouseRows : KeyedRows
{
    private readonly Snapshot _snapshot;
    private readonly NpgsqlDataReader _reader;
    private readonly int _keyLength;

    private WarehouseRows(Snapshot snapshot, NpgsqlDataReader reader, TableKey order, string place) : base(order, place) =>
        (_snapshot, _reader, _keyLength) = (snapshot, reader, order.Columns.Count);

    public static async Task<WarehouseRows> OpenAsync(
        Snapshot snapshot, string sql, IEnumerable<NpgsqlParameter> parameters, TableKey order, string place, CancellationToken cancellationToken) =>
        new(snapshot, await snapshot.OpenAsync(sql, parameters, cancellationToken), order, place);

    public override string? Value(int column) => _reader.IsDBNull(_keyLength + column) ? null : _reader.GetString(_keyLength + column);

    public override ValueTask DisposeAsync() => _reader.DisposeAsync();

    protected override async ValueTask<RowKey?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken) ? new RowKey(Enumerable.Range(0, _keyLength).Select(_reader.GetString)) : null;
        }
        catch (NpgsqlException exception)
        {
            throw _snapshot.Database.Failure(exception);
        }
    }
}

/// <summary>SQL over the columns of a key.</summary>
/// <param name="key">The key, and its order.</param>
internal sealed class KeySql(TableKey key)
{
    /// <summary>The order of the rows.</summary>
    /// <param name="columns">The key's columns as SQL, in its order.</param>
    public string Order(IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Select((column, i) => key.Columns[i].Order == KeyOrder.Number ? column : $"{column}::text COLLATE \"C\""));

    /// <summary>A condition for rows with certain keys. Its parameters are the keys' values, one array per column.</summary>
    /// <param name="columns">The key's columns as SQL, in its order.</param>
    /// <param name="first">The number of the first parameter.</param>
    public string Among(IReadOnlyList<string> columns, int first)
    {
        if (columns.Count == 1 && key.Columns[0].Order == KeyOrder.Number) return $"{columns[0]} = ANY (${first}::text[]::bigint[])";
        var arrays = Enumerable.Range(first, columns.Count).Select(number => $"${number}::text[]");
        return $"({string.Join(", ", columns.Select(column => $"{column}::text COLLATE \"C\""))}) IN (SELECT * FROM unnest({string.Join(", ", arrays)}))";
    }

    /// <summary>The parameters of <see cref="Among"/>.</summary>
    public IEnumerable<NpgsqlParameter> Parameters(IReadOnlyCollection<RowKey> keys) =>
        Enumerable.Range(0, key.Columns.Count).Select(i => SqlRunner.Parameter(keys.Select(row => row.Values[i]).ToArray()));
}
