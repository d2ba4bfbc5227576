using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Sources.Sample;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.Extract.Tests.Sources.Sample;

public sealed class SampleSourceTests
{
    private static readonly DateTimeOffset Moment = new DateTimeOffset(2024, 12, 16, 7, 54, 0, TimeSpan.Zero).AddTicks(1_234_567);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.2 });

    public static TheoryData<string> Tables => new(TotesysTables.All.Select(table => table.Name));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void It_says_that_it_is_sample_data() => Assert.Equal(SourceKind.Sample, new SampleSource(History, TimeProvider.System).Kind);

    [Fact]
    public async Task The_snapshot_is_of_the_clocks_moment_to_the_microsecond()
    {
        await using var snapshot = await SnapshotAt(Moment);
        Assert.Equal(Moment.AddTicks(-7), snapshot.Point.TakenAt);
        Assert.Equal(TimeSpan.Zero, snapshot.Point.TakenAt.Offset);
        Assert.False(snapshot.Point.IsStandby);
    }

    [Fact]
    public async Task Transaction_ids_ascend_with_time_and_histories_are_servers_of_their_own()
    {
        await using var first = await SnapshotAt(Moment);
        await using var later = await SnapshotAt(Moment.AddMinutes(5));
        await using var other = await SnapshotAt(Moment, new SampleHistory(new SampleOptions { Seed = 2 }));
        Assert.True(later.Point.Xmin > first.Point.Xmax);
        Assert.Equal(first.Point.Server, later.Point.Server);
        Assert.NotEqual(first.Point.Server, other.Point.Server);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Each_table_is_described_counted_and_read(string name)
    {
        await using var snapshot = await SnapshotAt(Moment);
        var relation = await snapshot.DescribeAsync(TableName.Parse(name), Cancellation);
        var table = TotesysTables.Find(name)!;
        Assert.Equal(table.Columns.Select(column => column.Name), relation.Columns.Select(column => column.Name.Value));
        Assert.Equal([0], relation.Key);
        var rows = await RowsAsync(snapshot, relation, new RowFilter.All());
        Assert.Equal(rows.Count, await snapshot.CountAsync(relation, Cancellation));
        Assert.Equal(table.RowsOf(History.At(Moment)).Select(row => row.Key.ToString()), rows.Select(row => row[0]));
        var keys = await snapshot.ReadKeysAsync(relation, Cancellation).Select(key => Assert.Single(key)).ToListAsync(Cancellation);
        Assert.Equal(rows.Select(row => row[0]), keys);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task What_changed_since_an_earlier_snapshot_makes_the_earlier_rows_the_later_ones(string name)
    {
        await using var earlier = await SnapshotAt(Moment);
        await using var later = await SnapshotAt(Moment.AddDays(1));
        var relation = await later.DescribeAsync(TableName.Parse(name), Cancellation);
        var all = await RowsAsync(later, relation, new RowFilter.All());
        var changed = await RowsAsync(later, relation, new RowFilter.ChangedSince(earlier.Point.TakenAt, earlier.Point.Xmin));
        var merged = (await RowsAsync(earlier, relation, new RowFilter.All())).ToDictionary(row => row[0]!);
        foreach (var row in changed) merged[row[0]!] = row;
        Assert.All(all, row => Assert.Equal(row, merged[row[0]!]));
        Assert.True(changed.Count < 600);
    }

    [Fact]
    public async Task A_table_that_totesys_lacks_is_named()
    {
        await using var snapshot = await SnapshotAt(Moment);
        var failure = await Assert.ThrowsAsync<PipelineException>(() => snapshot.DescribeAsync(TableName.Parse("invoice"), Cancellation));
        Assert.Contains("'invoice'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_TABLES_LIST", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        await using var snapshot = await SnapshotAt(Moment);
        var relation = await snapshot.DescribeAsync(TableName.Parse("staff"), Cancellation);
        var rows = snapshot.ReadAsync(relation, new RowFilter.All(), new CancellationToken(canceled: true));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await rows.CountAsync(Cancellation));
    }

    private static async Task<ISourceSnapshot> SnapshotAt(DateTimeOffset moment, SampleHistory? history = null)
    {
        var source = new SampleSource(history ?? History, new StoppedClock(moment));
        await using var session = await source.TryBeginAsync(Cancellation);
        return await session!.TakeSnapshotAsync([], Cancellation);
    }

    private static async Task<List<string?[]>> RowsAsync(ISourceSnapshot snapshot, SourceRelation relation, RowFilter filter) =>
        await snapshot.ReadAsync(relation, filter, Cancellation).Select(row => (string?[])row.Clone()).ToListAsync(Cancellation);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
