using EtlPipeline.Core.Lake;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.Extract.Sources.Sample;

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

    public Task<SourceRelation> DescribeAsync(TableName table, CancellationToken cancellationToken) =>
        Task.FromResult(SampleRelation.Describe(table));

    public Task<long> CountAsync(SourceRelation relation, CancellationToken cancellationToken) =>
        Task.FromResult(SampleRelation.Find(relation.Table).RowsOf(_state).LongCount());

    public IAsyncEnumerable<string?[]> ReadAsync(SourceRelation relation, RowFilter filter, CancellationToken cancellationToken)
    {
        var table = SampleRelation.Find(relation.Table);
        var rows = filter is RowFilter.ChangedSince { Xmin: var xmin } ? ChangedSince(table, xmin) : table.RowsOf(_state);
        return Print(rows, relation.Columns.Count, cancellationToken).ToAsyncEnumerable();
    }

    public IAsyncEnumerable<string?[]> ReadKeysAsync(SourceRelation relation, CancellationToken cancellationToken) =>
        Print(SampleRelation.Find(relation.Table).RowsOf(_state), columns: 1, cancellationToken).ToAsyncEnumerable();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<ITotesysRow> ChangedSince(TotesysTable table, ulong xmin)
    {
        foreach (var change in table.Changes(_history.At(SampleTransactions.MomentOf(xmin)), _state))
        {
            switch (change)
            {
                case RowChange.Inserted inserted: yield return inserted.Row; break;
                case RowChange.Updated updated: yield return updated.Row; break;
            }
        }
    }

    private static IEnumerable<string?[]> Print(IEnumerable<ITotesysRow> rows, int columns, CancellationToken cancellationToken)
    {
        var texts = new string?[columns];
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = row.ToValues();
            for (var position = 0; position < columns; position++) texts[position] = SampleText.Of(values[position]);
            yield return texts;
        }
    }
}
