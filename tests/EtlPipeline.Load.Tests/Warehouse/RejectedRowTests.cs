using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests.Warehouse;

public class RejectedRowTests
{
    private const string List = "SELECT array_to_string(key, ',', '-') AS key, substr(version, 15, 2), substr(since, 15, 2), reason FROM etl_rejected ORDER BY key";

    [Fact]
    public async Task A_rejected_row_keeps_its_record_and_is_listed_until_it_is_loaded()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 1, 1m, null]]);
        await load.SweepAsync();
        await sales.WholeAsync(2, [[1, 1, 1m, null]], VersionReason.Deleted, null, ([2], "amount: too wide"));
        await load.SweepAsync();
        await sales.ChangesAsync(3, [], null, ([2], "amount: not a number"));
        await load.SweepAsync();
        Assert.Equal("(2,03,02,\"amount: not a number\")", await load.RowsAsync(List));
        Assert.Equal("(1) (2)", await load.RowsAsync("SELECT sale_id FROM sale_current ORDER BY 1"));

        await sales.ChangesAsync(4, [[2, 1, 5m, null]]);
        await load.SweepAsync();
        Assert.Equal("", await load.RowsAsync(List));
    }

    [Fact]
    public async Task A_rejected_row_that_is_gone_is_ended_and_no_longer_listed()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 1, 1m, null]], rejected: ([3], "no"));
        await load.SweepAsync();
        await sales.ChunkAsync(2, new KeyRange(new RowKey("2"), null), [], VersionReason.Deleted);
        await load.SweepAsync();

        Assert.Equal("", await load.RowsAsync(List));
        Assert.Equal("(1) (2)", await load.RowsAsync("SELECT sale_id FROM sale_current ORDER BY 1"));
    }

    [Fact]
    public async Task A_row_whose_key_can_not_be_read_is_listed_until_every_row_has_been_read_again()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null]], rejected: [([null], "sale_id: not a number"), ([null], "sale_id: not a number")]);
        await load.SweepAsync();
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM etl_rejected WHERE key[1] IS NULL"));
        await sales.ChangesAsync(2, [[1, 1, 2m, null]]);
        await load.SweepAsync();
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM etl_rejected"));
        await sales.WholeAsync(3, [[1, 1, 2m, null]], VersionReason.Round);
        await load.SweepAsync();

        Assert.Equal("", await load.RowsAsync(List));
    }

    [Fact]
    public async Task A_file_with_other_rows_than_its_metadata_say_is_damaged()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null]], VersionReason.First, metadata => metadata with { Rows = 0, Rejected = 1 });
        await load.SweepAsync();

        Assert.Contains("1 of its rows are good ones, and its metadata says 0 good and 1 rejected", load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("(damaged)", await load.RowsAsync("SELECT outcome FROM etl_load"));
    }
}
