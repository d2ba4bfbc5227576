using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Reconciliation.Source;
using EtlPipeline.Targets;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>The rows that a target has to hold: the source's rows through the target's own mapping. They are mapped in batches.</summary>
internal sealed class ExpectedRows : KeyedRows
{
    private const int BatchRows = 256;
    private const int BatchBytes = 1 << 20;

    private readonly SourceRows _source;
    private readonly TargetRows _rows;
    private readonly SourceRow _row;
    private readonly int[] _key;
    private int _current;

    private ExpectedRows(ITarget target, SourceRows source, LookUpRows lookUps) : base(target.Description.TableKey, $"source table '{target.Source}'")
    {
        (_source, _rows) = (source, target.CreateRows());
        _row = new SourceRow(source.Rows.Current, lookUps);
        _key = [.. target.Description.Key.Select(name => target.Description.Columns.TakeWhile(column => column.Name != name).Count())];
    }

    /// <summary>Why the row can't be in the target; null if it has to be.</summary>
    public string? Rejected => _rows.Rejected.Print(_current);

    /// <summary>How many rejected rows have no readable key.</summary>
    public long WithoutKey { get; private set; }

    /// <summary>Starts reading.</summary>
    /// <param name="snapshot">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="table">Its table.</param>
    /// <param name="keys">The only keys that are looked at; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ExpectedRows> OpenAsync(
        Snapshot snapshot, ITarget target, SourceTable table, IReadOnlyCollection<RowKey>? keys, CancellationToken cancellationToken)
    {
        var lookUps = await ReadLookUpsAsync(snapshot, target, cancellationToken);
        var key = new KeySql(target.Description.TableKey);
        IReadOnlyList<string> columns = [.. target.SourceKey.Select(name => $"source.{SqlIdentifier.Quote(name)}")];
        var among = keys is null ? string.Empty : $" WHERE {key.Among(columns, 1)}";
        var sql = $"SELECT {SqlIdentifier.List(table.Columns.Select(column => column.Name))} FROM {SqlIdentifier.Quote(table.Name.Value)} AS source{among} ORDER BY {key.Order(columns)}";
        return new ExpectedRows(target, await SourceRows.OpenAsync(snapshot, sql, keys is null ? [] : key.Parameters(keys), table.Columns, cancellationToken), lookUps);
    }

    public override string? Value(int column) => _rows.Columns[column].Print(_current);

    /// <summary>A hash that identifies the state of the expected row.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder(Rejected is { } reason ? $"rejected {reason}" : "good");
        for (var column = 0; column < _rows.Columns.Count; column++) text.Append('\0').Append(Value(column) ?? "\u0001");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async ValueTask<RowKey?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_current + 1 < _rows.Count) _current++;
            else if (!await MapAsync(cancellationToken)) return null;
            if (_rows.Columns[_key[0]].Print(_current) is { }) return new RowKey(_key.Select(column => _rows.Columns[column].Print(_current)!));
            WithoutKey++;
        }
    }

    private async ValueTask<bool> MapAsync(CancellationToken cancellationToken)
    {
        _rows.Clear();
        _current = 0;
        for (var bytes = 0L; _rows.Count < BatchRows && bytes < BatchBytes && await _source.Rows.ReadAsync(cancellationToken);)
        {
            bytes += _source.Rows.Current.Utf8.Length;
            _rows.Add(_row);
        }

        return _rows.Count > 0;
    }

    /// <summary>The look-ups as the source has them in the same snapshot.</summary>
    private static async Task<LookUpRows> ReadLookUpsAsync(Snapshot snapshot, ITarget target, CancellationToken cancellationToken)
    {
        var found = new LookUpRows();
        foreach (var lookUp in target.LookUps)
        {
            if (await new SourceCatalog(snapshot).FindAsync(lookUp.Table, cancellationToken) is not { } table) continue;
            var sql = $"SELECT {SqlIdentifier.List(table.Columns.Select(column => column.Name))} FROM {SqlIdentifier.Quote(table.Name.Value)}";
            await using var source = await SourceRows.OpenAsync(snapshot, sql, [], table.Columns, cancellationToken);
            var row = new SourceRow(source.Rows.Current, LookUpRows.None);
            while (await source.Rows.ReadAsync(cancellationToken)) found.Add(lookUp, row);
        }

        return found;
    }
}
