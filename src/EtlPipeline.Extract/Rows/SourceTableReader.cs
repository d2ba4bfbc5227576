using System.Runtime.CompilerServices;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Extract.Rows;

/// <summary>Reads a table of the snapshot as rows that are ready to be compared and written.</summary>
internal sealed class SourceTableReader(ISourceSnapshot snapshot, SourceRelation relation) : IDisposable
{
    private readonly RowFormatter _formatter = new(relation);
    private readonly string?[] _key = new string?[relation.Key.Count];

    public SourceRelation Relation => relation;

    public Task<long> CountAsync(CancellationToken cancellationToken) => snapshot.CountAsync(relation, cancellationToken);

    /// <summary>The rows that a filter lets through, in key order.</summary>
    /// <exception cref="PipelineException">A row has no key, or two have the same; a view's can. Or it is longer than any stage reads.</exception>
    public async IAsyncEnumerable<SourceRow> ReadAsync(RowFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UInt128? last = null;
        await foreach (var row in snapshot.ReadAsync(relation, filter, cancellationToken))
        {
            var key = HashKey(row);
            if (key == last) throw Unusable("two rows have the same key");
            last = key;
            yield return new SourceRow(Format(row), key);
        }
    }

    /// <summary>The keys of all rows.</summary>
    public async Task<CompactHashSet> ReadKeysAsync(long count, CancellationToken cancellationToken)
    {
        var keys = new CompactHashSet(count);
        await foreach (var key in snapshot.ReadKeysAsync(relation, cancellationToken)) keys.Add(_formatter.HashKey(key) ?? throw NoKey());
        keys.Seal();
        return keys;
    }

    public void Dispose() => _formatter.Dispose();

    // A text has at least a byte a character: what is far too long is not even formatted.
    private ReadOnlyMemory<byte> Format(string?[] row)
    {
        if (row.Sum(value => (long)(value?.Length ?? 0)) > RowLimits.Bytes) throw TooLong();
        var json = _formatter.Format(row);
        return json.Length <= RowLimits.Bytes ? json : throw TooLong();
    }

    private UInt128 HashKey(string?[] row)
    {
        for (var i = 0; i < _key.Length; i++) _key[i] = row[relation.Key[i]];
        return _formatter.HashKey(_key.AsSpan()) ?? throw NoKey();
    }

    private PipelineException TooLong() => new(
        $"Table '{relation.Table}': a row is longer than {RowLimits.Bytes} bytes as JSON, the most that a version may hold; "
        + "shorten it in the source, or put a view without its longest column in the table's place");

    private PipelineException NoKey() => Unusable("a row has NULL in its key");

    private PipelineException Unusable(string fault) => new(
        $"Table '{relation.Table}': {fault} ({string.Join(", ", relation.Key.Select(position => $"'{relation.Columns[position].Name}'"))}); "
        + "its rows can't be told apart, so make the key unique and not null in the source");
}
