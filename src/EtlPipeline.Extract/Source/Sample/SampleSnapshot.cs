using System.Globalization;
using System.Numerics;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Core.Settings;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.Extract.Source.Sample;

/// <summary>The sample tables at one moment.</summary>
internal sealed class SampleSnapshot : ISourceSnapshot
{
    private readonly SampleHistory _history;
    private readonly SampleState _state;

    public SampleSnapshot(SampleHistory history, DateTimeOffset now)
    {
        _history = history;
        Point = SampleTransactions.PointAt(now, history.Options);
        _state = history.At(Point.TakenAt);
    }

    public SnapshotPoint Point { get; }

    /// <exception cref="PipelineException">There is no such sample table.</exception>
    public Task<SourceRelation> DescribeAsync(ListedTable table, CancellationToken cancellationToken)
    {
        var sample = Find(table.Name);
        return Task.FromResult(new SourceRelation
        {
            Table = table.Name,
            Columns = [.. sample.Columns.Select(Column)],
            Key = new TableKey([new KeyColumn(sample.Key.Name, KeyOrder.Number)]),
            Shape = string.Join(' ', sample.Columns.Select(column => column.Name)),
            HasTransactionIds = true,
        });
    }

    public Task<RangeCount> CountAsync(SourceRelation relation, KeyRange range, ChangedSince? since, CancellationToken cancellationToken)
    {
        var rows = RowsOf(relation, range, null).ToList();
        var changed = since is null ? 0 : RowsOf(relation, range, since).LongCount();
        return Task.FromResult(new RangeCount(rows.Count, Sum(rows), changed, []));
    }

    public Task<IReadOnlyList<SegmentCount>> CountSegmentsAsync(
        SourceRelation relation, KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since, CancellationToken cancellationToken)
    {
        var all = RowsOf(relation, range, null).ToLookup(Segment);
        var changed = since is null ? null : RowsOf(relation, range, since).ToLookup(Segment);
        return Task.FromResult<IReadOnlyList<SegmentCount>>(
            [.. Enumerable.Range(0, bounds.Count + 1).Select(i => new SegmentCount(all[i].LongCount(), Sum(all[i]), changed?[i].LongCount() ?? 0))]);

        int Segment(ITotesysRow row) => bounds.Count(bound => relation.Key.Compare(bound, KeyOf(row)) < 0);
    }

    public Task<ContentCount> CountContentAsync(SourceRelation relation, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Sample tables have transaction ids.");

    public Task<RowReader> ReadAsync(SourceRelation relation, RowSelection selection, CancellationToken cancellationToken)
    {
        var rows = RowsOf(relation, selection.Range, selection.Changed);
        var lines = (selection.Limit is { } limit ? rows.Take((int)limit) : rows).Select(SampleText.Line);
        return Task.FromResult(new RowReader(new SampleLines(lines), relation, Point.Xmin));
    }

    public Task<bool> IsHoldingUpAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TotesysTable Find(TableName name) => TotesysTables.Find(name.Value) ?? throw new PipelineException(
        $"There is no sample table '{name}'. The sample data has {string.Join(", ", TotesysTables.All)}: "
        + "take it out of AWS_TABLES_LIST, or read a database with IS_OLTP_OK=True.");

    private IEnumerable<ITotesysRow> RowsOf(SourceRelation relation, KeyRange range, ChangedSince? since)
    {
        var table = Find(relation.Table);
        var rows = since is null ? table.RowsOf(_state) : ChangedSince(table, since);
        return range == KeyRange.All ? rows : rows.Where(row => range.Contains(KeyOf(row), relation.Key));
    }

    private IEnumerable<ITotesysRow> ChangedSince(TotesysTable table, ChangedSince since) => table
        .Changes(_history.At(SampleTransactions.MomentOf(since.Xmin)), _state)
        .Select(change => change switch { RowChange.Inserted inserted => inserted.Row, RowChange.Updated updated => updated.Row, _ => null })
        .OfType<ITotesysRow>();

    private static RowKey KeyOf(ITotesysRow row) => new(row.Key.ToString(CultureInfo.InvariantCulture));

    private static BigInteger Sum(IEnumerable<ITotesysRow> rows) => rows.Aggregate(BigInteger.Zero, (sum, row) => sum + SampleText.HashOf(row.Key));

    private static RelationColumn Column(TotesysColumn column)
    {
        var (format, type) = column.Kind switch
        {
            ColumnKind.WholeNumber => (ColumnFormat.Number, "integer"),
            ColumnKind.Numeric => (ColumnFormat.Number, "numeric(10,2)"),
            ColumnKind.Timestamp => (ColumnFormat.Timestamp, "timestamp(3) without time zone"),
            ColumnKind.Boolean => (ColumnFormat.Boolean, "boolean"),
            _ => (ColumnFormat.Text, "text"),
        };
        return new RelationColumn(new SourceColumn(column.Name, type, IsRequired: false), new ColumnName(column.Name), format);
    }
}
