using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Lake;

/// <summary>The rows of a source table as they were at one of its versions, put together from the versions that hold them.</summary>
public sealed class LakeTable
{
    /// <summary>Bytes of the rows of the largest table that is read, as JSON: 64 MiB.</summary>
    public const int LongestTable = 64 << 20;

    private readonly Dictionary<RowKey, byte[]> _rows = [];
    private long _bytes;

    private LakeTable(VersionKey key) => Key = key;

    /// <summary>The table and the version.</summary>
    public VersionKey Key { get; }

    /// <summary>The rows, each as a JSON object, in no order.</summary>
    public IReadOnlyCollection<ReadOnlyMemory<byte>> Rows => [.. _rows.Values.Select(row => (ReadOnlyMemory<byte>)row)];

    /// <summary>
    /// Reads the table: all versions on the chain of <c>previous</c> from the version's <c>oldest-read</c> on, in order. Of the rows with one
    /// key the last one counts, and a chunk takes away the rows of its range that it doesn't hold.
    /// </summary>
    /// <param name="ingestion">The ingestion bucket.</param>
    /// <param name="key">The table and the version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableVersionException">The chain is broken: a version is missing or damaged.</exception>
    /// <exception cref="PipelineException">The table is larger than <see cref="LongestTable"/>.</exception>
    public static async Task<LakeTable> ReadAsync(IObjectStore ingestion, VersionKey key, CancellationToken cancellationToken)
    {
        var table = new LakeTable(key);
        foreach (var version in await FindChainAsync(ingestion, key, cancellationToken)) await table.AddAsync(version, cancellationToken);
        return table;
    }

    private static async Task<IReadOnlyList<LakeVersion>> FindChainAsync(IObjectStore ingestion, VersionKey key, CancellationToken cancellationToken)
    {
        var chain = new Stack<LakeVersion>();
        for (TableVersion? next = key.Version; next is { } version;)
        {
            var found = await LakeVersion.FindAsync(ingestion, key with { Version = version }, cancellationToken)
                ?? throw new UnreadableVersionException($"'{(key with { Version = version }).Rows}' is missing");
            chain.Push(found);
            next = version == chain.Last().Metadata.OldestRead ? null : found.Metadata.Previous;
            if (next >= version || next < chain.Last().Metadata.OldestRead)
                throw new UnreadableVersionException($"the chain of versions is broken behind '{found.Key.Rows}'");
        }

        return [.. chain];
    }

    private async Task AddAsync(LakeVersion version, CancellationToken cancellationToken)
    {
        if (version.Segments.Range is { } range) Remove(range, version.Segments.Key);
        var keys = new RowKeyReader(version.Segments);
        try
        {
            await using var body = await version.OpenRowsAsync(cancellationToken);
            using var reader = new JsonRowReader(body);
            while (await reader.ReadAsync(cancellationToken)) Add(keys.Read(reader.Current), reader.Current.Utf8.ToArray());
            if (reader.RowsRead != version.Metadata.Rows)
                throw new UnreadableVersionException($"'{version.Key.Rows}' has {reader.RowsRead} rows, and not {version.Metadata.Rows} as its metadata says");
        }
        catch (Exception exception) when (UnreadableVersionException.IsDamage(exception) || exception is InvalidRowException)
        {
            throw new UnreadableVersionException($"'{version.Key.Rows}' is damaged: {exception.Message}", exception);
        }
    }

    private void Remove(KeyRange range, TableKey order)
    {
        foreach (var (key, row) in _rows.Where(pair => range.Contains(pair.Key, order)).ToList())
        {
            _rows.Remove(key);
            _bytes -= row.Length;
        }
    }

    private void Add(RowKey key, byte[] row)
    {
        _bytes += row.Length - (_rows.TryGetValue(key, out var replaced) ? replaced.Length : 0);
        _rows[key] = row;
        if (_bytes > LongestTable)
        {
            throw new PipelineException(
                $"Table '{Key.Table}' is looked up in by others and has more than {LongestTable >> 20} MiB, which are held in memory. Carry the tables that "
                + "need it without it, and join in the warehouse.");
        }
    }
}

/// <summary>Reads the keys of a table's rows, as PostgreSQL prints them.</summary>
internal sealed class RowKeyReader
{
    private readonly (ColumnName Name, SourceText Text)[] _columns;

    /// <exception cref="UnreadableVersionException">A column of the key isn't one of the table's.</exception>
    public RowKeyReader(SegmentsObject segments) => _columns =
    [
        .. segments.Key.Columns.Select(key => segments.Columns.FirstOrDefault(column => column.Name == key.Name) is { } column
            ? (new ColumnName(column.Name), SourceText.OfKey(column.Type))
            : throw new UnreadableVersionException($"the key column '{key.Name}' of table '{segments.Table}' isn't one of its columns")),
    ];

    /// <summary>Reads the key of a row.</summary>
    /// <exception cref="InvalidRowException">A column of it is missing or null.</exception>
    public RowKey Read(JsonRow row)
    {
        var values = new string[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (name, text) = _columns[i];
            values[i] = row.TryGetValue(name, out var value) && value.Kind != System.Text.Json.JsonTokenType.Null
                ? Encoding.UTF8.GetString(text.Print(value))
                : throw new InvalidRowException($"the key column '{name}' is missing or null");
        }

        return new RowKey(values);
    }
}
