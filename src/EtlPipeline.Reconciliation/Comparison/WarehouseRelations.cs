using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Reconciliation.Warehouse;

namespace EtlPipeline.Reconciliation.Comparison;

/// <summary>A table of the warehouse with rows of a target, while it is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeepsGone">Whether a row that is gone from the source stays here, such as a dimension's member that facts refer to.</param>
/// <param name="Rows">The rows; null if there is no such table.</param>
/// <param name="Values">How each column's values are compared.</param>
internal sealed record WarehouseRelation(string Name, bool KeepsGone, KeyedRows? Rows, IReadOnlyList<ValueForm> Values);

/// <summary>All tables of the warehouse with rows of a target, at one moment. Each is read in its own session, in key order.</summary>
internal sealed class WarehouseRelations : IAsyncDisposable
{
    private const string EntriesSql = "SELECT {key} FROM etl_rejected WHERE target = $1 AND key[1] IS NOT NULL {among} ORDER BY {order}";
    private const string KeylessSql = "SELECT count(*) FROM etl_rejected WHERE target = $1 AND key[1] IS NULL";
    private const int KeysAtATime = 1_000;

    private readonly Snapshot _snapshot;
    private readonly TargetDescription _target;
    private readonly KeySql _key;
    private readonly List<WarehouseRelation> _relations = [];
    private readonly List<IAsyncDisposable> _open = [];

    private WarehouseRelations(Snapshot snapshot, TargetDescription target) => (_snapshot, _target, _key) = (snapshot, target, new KeySql(target.TableKey));

    /// <summary>The tables that have rows.</summary>
    public IReadOnlyList<WarehouseRelation> Tables => _relations;

    /// <summary>The list of rejected rows; null if there is none.</summary>
    public KeyedRows? Rejected { get; private set; }

    /// <summary>How many rejected rows are listed without a key.</summary>
    public long RejectedWithoutKey { get; private set; }

    /// <summary>The name of a target's history table.</summary>
    public static string HistoryOf(TargetDescription target) => target.Kind == TargetKind.Fact ? target.Name.Value : $"{target.Name}_history";

    /// <summary>Starts reading.</summary>
    /// <exception cref="PipelineException">A table exists and was made by somebody else.</exception>
    public static async Task<WarehouseRelations> OpenAsync(
        Snapshot snapshot, TargetDescription target, IReadOnlyCollection<RowKey>? keys, CancellationToken cancellationToken)
    {
        var relations = new WarehouseRelations(snapshot, target);
        try
        {
            if (target.Kind != TargetKind.Fact) await relations.AddAsync(target.Name.Value, isHistory: false, keys, cancellationToken);
            await relations.AddAsync(HistoryOf(target), isHistory: true, keys, cancellationToken);
            await relations.AddRejectedAsync(keys, cancellationToken);
            return relations;
        }
        catch
        {
            await relations.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells missing rows with ended records in the warehouse from rows that it never had.</summary>
    public async Task TellEndedAsync(KeyDifferences differences, CancellationToken cancellationToken)
    {
        var missing = differences.Kept.Where(IsMissing).Select(difference => difference.Key!).ToList();
        if (missing.Count == 0 || await new WarehouseCatalog(_snapshot).FindAsync(HistoryOf(_target), cancellationToken) is not { HasHistory: true }) return;
        var ended = new HashSet<RowKey>();
        foreach (var keys in missing.Chunk(KeysAtATime)) ended.UnionWith(await FindEndedAsync(keys, cancellationToken));
        differences.Replace(differences.Kept.Select(difference => difference.Key is { } key && ended.Contains(key) ? Renamed(difference) : difference));
    }

    public async ValueTask DisposeAsync()
    {
        // A query ends before its session.
        foreach (var opened in Enumerable.Reverse(_open)) await opened.DisposeAsync();
    }

    private static bool IsMissing(KeyDifference difference) => difference.Key is { } && difference.Differences.Any(row => row.Kind == DifferenceKind.Missing);

    private KeyDifference Renamed(KeyDifference difference) => difference with
    {
        Differences = [.. difference.Differences.Select(row => row is { Kind: DifferenceKind.Missing } && row.Relation == HistoryOf(_target) ? row with { Kind = DifferenceKind.WronglyEnded } : row)],
    };

    private Task<IReadOnlyList<RowKey>> FindEndedAsync(RowKey[] keys, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> columns = [.. _target.Key.Select(SqlIdentifier.Quote)];
        var sql = $"SELECT DISTINCT {string.Join(", ", columns.Select(column => $"{column}::text"))} FROM {SqlIdentifier.Quote(HistoryOf(_target))} WHERE valid_to IS NOT NULL AND {_key.Among(columns, 1)}";
        return _snapshot.QueryAsync(sql, _key.Parameters(keys), reader => new RowKey(Enumerable.Range(0, columns.Count).Select(reader.GetString)), cancellationToken);
    }

    private async Task AddAsync(string name, bool isHistory, IReadOnlyCollection<RowKey>? keys, CancellationToken cancellationToken)
    {
        var table = await new WarehouseCatalog(_snapshot).FindAsync(name, cancellationToken);
        if (table.Exists && isHistory && !table.HasHistory)
            throw new PipelineException($"warehouse table '{name}' has no column 'valid_to': it was made by somebody else, and its owner has to adopt it");
        if (table.Exists && _target.Key.FirstOrDefault(key => !table.Types.ContainsKey(key)) is { } missing)
            throw new PipelineException($"warehouse table '{name}' has no column '{missing}', which is the target's key");
        var columns = _target.Columns.Select(table.Find).ToList();
        var values = _target.Columns.Zip(columns, (column, found) => ValueForm.Of(column, found is null ? null : table.Types[found]));
        var rows = table.Exists ? await OpenAsync(RowsSql(name, columns, isHistory, keys is { }), keys is null ? [] : _key.Parameters(keys), $"warehouse table '{name}'", cancellationToken) : null;
        _relations.Add(new WarehouseRelation(name, !isHistory && _target.Kind == TargetKind.Dimension, rows, [.. values]));
    }

    private string RowsSql(string table, IEnumerable<string?> columns, bool isHistory, bool isAmongKeys)
    {
        // Qualified by the table: otherwise ORDER BY would use the text that is selected under the column's name.
        IReadOnlyList<string> key = [.. _target.Key.Select(name => $"record.{SqlIdentifier.Quote(name)}")];
        var values = columns.Select(column => column is null ? "NULL" : $"record.{SqlIdentifier.Quote(column)}::text");
        string[] conditions = [.. isHistory ? ["record.valid_to IS NULL"] : Array.Empty<string>(), .. isAmongKeys ? [_key.Among(key, 1)] : Array.Empty<string>()];
        var where = conditions.Length > 0 ? $" WHERE {string.Join(" AND ", conditions)}" : string.Empty;
        return $"SELECT {string.Join(", ", key.Select(column => $"{column}::text").Concat(values))} FROM {SqlIdentifier.Quote(table)} AS record{where} ORDER BY {_key.Order(key)}";
    }

    private async Task AddRejectedAsync(IReadOnlyCollection<RowKey>? keys, CancellationToken cancellationToken)
    {
        if (await new WarehouseCatalog(_snapshot).FindAsync("etl_rejected", cancellationToken) is not { Exists: true }) return;
        RejectedWithoutKey = (await _snapshot.QueryAsync(KeylessSql, [SqlRunner.Parameter(_target.Name.Value)], reader => reader.GetInt64(0), cancellationToken))[0];
        IReadOnlyList<string> columns = [.. Enumerable.Range(1, _target.Key.Count).Select(number => $"key[{number}]")];
        var order = columns.Zip(_target.TableKey.Columns, (column, key) => key.Order == KeyOrder.Number ? $"{column}::bigint" : column).ToList();
        var sql = EntriesSql
            .Replace("{key}", string.Join(", ", columns), StringComparison.Ordinal)
            .Replace("{among}", keys is null ? string.Empty : $"AND {_key.Among(order, 2)}", StringComparison.Ordinal)
            .Replace("{order}", _key.Order(order), StringComparison.Ordinal);
        var parameters = (keys is null ? [] : _key.Parameters(keys)).Prepend(SqlRunner.Parameter(_target.Name.Value));
        Rejected = await OpenAsync(sql, parameters, "etl_rejected", cancellationToken);
    }

    private async Task<KeyedRows> OpenAsync(string sql, IEnumerable<Npgsql.NpgsqlParameter> parameters, string place, CancellationToken cancellationToken)
    {
        var session = await _snapshot.ShareAsync(cancellationToken);
        _open.Add(session);
        var rows = await WarehouseRows.OpenAsync(session, sql, parameters, _target.TableKey, place, cancellationToken);
        _open.Add(rows);
        return rows;
    }
}
