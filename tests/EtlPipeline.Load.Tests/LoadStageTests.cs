using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests;

public class LoadStageTests
{
    [Fact]
    public async Task A_fact_keeps_every_state_and_shows_the_current_ones()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 7, 3.10m, "a"], [2, 7, 5.00m, null], [3, 8, 1.00m, "c"]]);
        var first = await load.SweepAsync();
        await sales.ChangesAsync(2, [[2, 7, 6.00m, null], [4, 9, 2.50m, "d"]]);
        await sales.WholeAsync(3, [[1, 7, 3.10m, "a"], [2, 7, 6.00m, null], [4, 9, 2.50m, "d"]], VersionReason.Deleted);
        var summary = await load.SweepAsync();

        Assert.Equal([(3L, 0L, 0L), (2L, 1L, 0L), (0L, 0L, 1L)], first.Versions.Concat(summary.Versions).Select(version => (version.Inserted, version.Ended, version.Deleted)));
        Assert.Equal("(1,3.10,6.20) (2,6.00,12.00) (4,2.50,5.00)", await load.RowsAsync("SELECT sale_id, amount, double_amount FROM sale_current ORDER BY 1"));
        Assert.Equal("(1,3.10) (2,5.00) (3,1.00)", await AsOfAsync(1));
        Assert.Equal("(1,3.10) (2,6.00) (3,1.00) (4,2.50)", await AsOfAsync(2));
        Assert.Equal("(1,3.10) (2,6.00) (4,2.50)", await AsOfAsync(3));

        Task<string> AsOfAsync(int minute) => load.RowsAsync($"SELECT sale_id, amount FROM fact_sale_as_of('{LakeTarget.Stamp(minute).Instant:O}') ORDER BY 1");
    }

    [Fact]
    public async Task A_value_that_becomes_NULL_and_one_that_was_NULL_are_changes()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 7, 1m, "a"], [2, 7, 2m, null], [3, 7, 3m, null]]);
        await load.SweepAsync();
        await sales.WholeAsync(2, [[1, 7, 1m, null], [2, 7, 2m, "b"], [3, 7, 3m, null]]);
        await load.SweepAsync();

        Assert.Equal("(1,) (2,b) (3,)", await load.RowsAsync("SELECT sale_id, note FROM sale_current ORDER BY 1"));
        Assert.Equal("(5)", await load.RowsAsync("SELECT count(*) FROM fact_sale"));
    }

    [Fact]
    public async Task A_dimension_shows_the_newest_values_keeps_members_that_are_gone_and_has_a_history()
    {
        await using var load = await LoadScene.CreateAsync();
        var staff = load.Target(TestTarget.Staff);
        await staff.WholeAsync(1, [[1, "Ann"], [2, "Bob"]]);
        await load.SweepAsync();
        await staff.WholeAsync(2, [[1, "Anna"]], VersionReason.Deleted, metadata => metadata with { IsAccepted = true });
        await load.SweepAsync();

        Assert.Equal("(1,Anna) (2,Bob)", await load.RowsAsync("SELECT * FROM dim_staff ORDER BY 1"));
        Assert.Equal("(1,Ann,f) (2,Bob,f) (1,Anna,t)", await load.RowsAsync("SELECT staff_id, name, valid_to IS NULL FROM dim_staff_history ORDER BY record_id"));
        Assert.Equal("(1,Anna)", await load.RowsAsync($"SELECT staff_id, name FROM dim_staff_as_of('{LakeTarget.Stamp(2).Instant:O}')"));
    }

    [Fact]
    public async Task Members_that_have_not_arrived_are_inferred_and_overwritten_when_they_come()
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 5, 1m, null]]);
        await load.SweepAsync();
        Assert.Equal("(1,Ann) (5,unknown)", await load.RowsAsync("SELECT * FROM dim_staff ORDER BY 1"));

        await staff.ChangesAsync(2, [[5, "Eve"]]);
        await load.SweepAsync();
        Assert.Equal("(1,Ann) (5,Eve)", await load.RowsAsync("SELECT * FROM dim_staff ORDER BY 1"));

        await sales.ChangesAsync(3, [[2, 9, 1m, null]]);
        await load.SweepAsync();
        Assert.Equal("(1,Ann) (5,Eve) (9,unknown)", await load.RowsAsync("SELECT * FROM dim_staff ORDER BY 1"));
        Assert.Equal("(fact_sale_staff_id_fkey)", await load.RowsAsync("SELECT conname FROM pg_constraint WHERE contype = 'f'"));
    }
}
