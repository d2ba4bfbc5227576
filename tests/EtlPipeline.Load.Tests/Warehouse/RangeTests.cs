using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests.Warehouse;

public class RangeTests
{
    private static readonly TargetDescription Line = TestTarget.Fact("fact_line", "region,code", "region integer!", "code text!", "amount integer");

    [Theory]
    [InlineData("integer", "9", "10", "100")]
    [InlineData("bigint", "-5000000000", "0", "5000000000")]
    [InlineData("text", "B", "a", "é")]
    [InlineData("text", "10", "9", "A")]
    [InlineData("character varying(10)", "Z", "_", "z")]
    [InlineData("uuid", "00000000-0000-0000-0000-00000000000a", "0a000000-0000-0000-0000-000000000000", "f0000000-0000-0000-0000-000000000000")]
    [InlineData("date", "0044-03-15", "2026-02-28", "9999-12-31")]
    public async Task A_chunk_ends_what_its_range_holds_no_longer_and_nothing_else(string type, string low, string middle, string high)
    {
        await using var load = await LoadScene.CreateAsync();
        var target = load.Target(TestTarget.Fact("fact_thing", "id", $"id {type}!", "value integer"));
        await target.WholeAsync(1, [[low, 1], [middle, 2], [high, 3]]);
        await load.SweepAsync();
        await target.ChunkAsync(2, new KeyRange(new RowKey(low), new RowKey(middle)), [], VersionReason.Deleted);
        await load.SweepAsync();

        Assert.Equal("(1) (3)", await load.RowsAsync("SELECT value FROM thing_current ORDER BY 1"));
    }

    [Fact]
    public async Task A_range_of_a_composite_key_is_told_by_all_its_columns()
    {
        await using var load = await LoadScene.CreateAsync();
        var lines = load.Target(Line);
        await lines.WholeAsync(1, [[-1, "z", 1], [2, "A", 2], [2, "a", 3], [2, "é", 4], [10, "A", 5]]);
        await load.SweepAsync();
        await lines.ChunkAsync(2, new KeyRange(new RowKey("2", "A"), new RowKey("2", "é")), [[2, "a", 3]], VersionReason.Deleted);
        await load.SweepAsync();

        Assert.Equal("(1) (2) (3) (5)", await load.RowsAsync("SELECT amount FROM line_current ORDER BY 1"));
    }

    /// <summary>Such a chunk goes straight into the table of states, so what is wrong with it shows only when it is there.</summary>
    [Theory]
    [InlineData("1, 1", "it is a chunk, and its keys don't rise")]
    [InlineData("2, 1", "it is a chunk, and its keys don't rise")]
    [InlineData("1, 9", "it is a chunk, and not all its keys lie in its range")]
    public async Task A_chunk_of_a_range_that_is_empty_leaves_nothing_if_its_keys_are_wrong(string keys, string fault)
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.ChunkAsync(1, new KeyRange(null, new RowKey("3")), [.. keys.Split(", ").Select(key => (object?[])[int.Parse(key, CultureInfo.InvariantCulture), 1, 1m, null])]);
        await load.SweepAsync();

        Assert.Equal("(damaged)", await load.RowsAsync("SELECT outcome FROM etl_load"));
        Assert.Contains(fault, load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("", await load.RowsAsync("SELECT relname FROM pg_class WHERE relname = 'fact_sale'"));
    }

    [Fact]
    public async Task A_chunk_of_a_range_that_is_empty_writes_the_same_as_one_that_has_to_be_compared()
    {
        var contents = new List<string>();
        foreach (var isEmpty in new[] { true, false })
        {
            await using var load = await LoadScene.CreateAsync();
            var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
            await staff.WholeAsync(1, [[1, "Ann"]]);
            await sales.ChunkAsync(1, new KeyRange(null, new RowKey("10")), isEmpty ? [] : [[10, 1, 9m, "old"]]);
            await sales.ChunkAsync(2, new KeyRange(null, new RowKey("10")), [[1, 7, 1.5m, null], [3, 1, null, "é"], [10, 8, 9m, "old"]], VersionReason.Repair, change: null, ([2], "no"));
            await load.SweepAsync();
            contents.Add(await load.RowsAsync("SELECT sale_id, staff_id, amount, note, valid_to FROM fact_sale WHERE valid_to IS NULL ORDER BY 1") + await load.RowsAsync("SELECT staff_id, name FROM dim_staff ORDER BY 1") + await load.RowsAsync("SELECT target, key, version, reason FROM etl_rejected"));
        }

        Assert.Equal(contents[1], contents[0]);
        Assert.Contains("(7,unknown)", contents[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_chunk_that_would_end_more_than_half_is_stepped_over_and_nothing_is_ended_until_deletes_are_accepted()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 1, 1m, null], [3, 1, 1m, null]]);
        await load.SweepAsync();

        await sales.WholeAsync(2, [[1, 1, 1m, null]]);
        await load.SweepAsync();
        Assert.Contains("it would end 2 of the 3 current records of its range", load.Log.Text, StringComparison.Ordinal);
        Assert.Contains("{\"acceptDeletes\": [\"sale\"]}", load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("(3)", await load.RowsAsync("SELECT count(*) FROM sale_current"));
        Assert.Equal("(skipped,2026-11-23_12-02-00-000000)", await load.RowsAsync("SELECT outcome, complete_after FROM etl_load ORDER BY version DESC LIMIT 1"));

        await sales.WholeAsync(3, [[1, 1, 2m, null]], VersionReason.Round);
        await load.SweepAsync();
        Assert.Equal("(1,2.00) (2,1.00) (3,1.00)", await load.RowsAsync("SELECT sale_id, amount FROM sale_current ORDER BY 1"));
        Assert.Equal("(t,2026-11-23_12-03-00-000000,2026-11-23_12-01-00-000000)", await load.RowsAsync("SELECT is_blocked, complete_after, verified_through FROM etl_target"));

        await sales.WholeAsync(4, [[1, 1, 2m, null]], VersionReason.Repair, metadata => metadata with { IsAccepted = true });
        await load.SweepAsync();
        Assert.Equal("(1)", await load.RowsAsync("SELECT sale_id FROM sale_current"));
        Assert.Equal("(f,2026-11-23_12-04-00-000000)", await load.RowsAsync("SELECT is_blocked, verified_through FROM etl_target"));
    }

    [Fact]
    public async Task A_chunk_that_ends_most_of_its_range_is_refused_as_long_as_no_version_since_a_gap_was_complete()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 1, 1m, null], [3, 1, 1m, null]]);
        await load.SweepAsync();
        sales.Newest = LakeTarget.Stamp(2);
        await sales.WholeAsync(3, [[1, 1, 1m, null]], VersionReason.Deleted);
        await load.SweepAsync();
        Assert.Equal("(3)", await load.RowsAsync("SELECT count(*) FROM sale_current"));
    }

    [Fact]
    public async Task A_chunk_that_ends_most_of_its_range_is_right_if_Extract_had_counted_the_rows()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 1, 1m, null], [3, 1, 1m, null]]);
        await load.SweepAsync();
        await sales.WholeAsync(2, [[1, 1, 1m, null]], VersionReason.Deleted);
        await load.SweepAsync();

        Assert.Equal("(1)", await load.RowsAsync("SELECT count(*) FROM sale_current"));
    }

    /// <summary>Asked row by row, 20,000 rows take more than half a minute, and a million a day.</summary>
    [Fact]
    public async Task How_much_a_first_chunk_would_end_is_counted_at_once_however_many_rows_there_are()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        var rows = Enumerable.Range(1, 20_000).Select(i => (object?[])[i, 1, 1m, null]).ToArray();
        await sales.WholeAsync(1, rows);
        await load.SweepAsync();
        await sales.WholeAsync(2, [.. rows.Skip(5)], VersionReason.First, change: null, ([1], "no"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        await load.Stage.RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("request-1", patience.Token));

        Assert.Equal("(19996)", await load.RowsAsync("SELECT count(*) FROM sale_current"));
    }

    [Theory]
    [InlineData(false, "(1)")]
    [InlineData(true, "(2)")]
    public async Task A_range_that_can_not_be_told_ends_records_only_if_it_holds_all_keys(bool isSegmented, string left)
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 1, 1m, null]]);
        await load.SweepAsync();
        await sales.PutAsync(2, [[1, 1, 1m, null]], [], KeyRange.All, metadata => metadata with { Reason = VersionReason.Deleted, IsSegmented = isSegmented }, "untold");
        if (isSegmented) Assert.Contains("CREATE UNIQUE INDEX ON \"sale\" (<the columns that become \"sale_id\">)", await load.FailingSweepAsync(), StringComparison.Ordinal);
        else await load.SweepAsync();

        Assert.Equal(left, await load.RowsAsync("SELECT count(*) FROM sale_current"));
        Assert.Equal("(2026-11-23_12-02-00-000000)", await load.RowsAsync("SELECT version FROM etl_target"));
    }

    [Theory]
    [InlineData(2, 1, null)]
    [InlineData(1, 1, null)]
    [InlineData(1, 2, 1)]
    public async Task A_chunk_whose_keys_do_not_rise_or_lie_outside_of_its_range_is_damaged(int first, int second, int? to)
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 9m, null]]);
        await load.SweepAsync();
        await sales.ChunkAsync(2, new KeyRange(null, to is null ? null : new RowKey($"{to}")), [[first, 1, 1m, null], [second, 1, 1m, null]], VersionReason.Round);
        await load.SweepAsync();

        Assert.Equal("(loaded) (damaged)", await load.RowsAsync("SELECT outcome FROM etl_load ORDER BY version"));
        Assert.Contains("it is a chunk, and", load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("(1,9.00)", await load.RowsAsync("SELECT sale_id, amount FROM fact_sale"));
    }

    [Fact]
    public async Task Of_two_changes_of_one_row_in_a_version_the_last_one_wins()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.ChangesAsync(1, [[1, 1, 1m, null], [1, 1, 2m, null], [2, 1, 3m, null], [1, 1, 4m, null]]);
        await load.SweepAsync();

        Assert.Equal("(1,4.00) (2,3.00)", await load.RowsAsync("SELECT sale_id, amount FROM fact_sale ORDER BY 1"));
    }
}
