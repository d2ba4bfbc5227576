using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests.Warehouse;

public class StateTests
{
    private static readonly object?[] One = [1, 1, 1m, null], Two = [2, 1, 1m, null];

    [Fact]
    public async Task A_complete_version_verifies_its_target_and_begins_its_history()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.ChunkAsync(1, new KeyRange(null, new RowKey("1")), [One], change: metadata => metadata with { OldestRead = LakeTarget.Stamp(1), Verified = LakeTarget.Stamp(1) });
        await load.SweepAsync();
        Assert.Equal("(\"\",,)", await StateAsync(load));

        await sales.ChunkAsync(2, new KeyRange(new RowKey("1"), null), [Two], change: metadata => metadata with { IsComplete = true, OldestRead = LakeTarget.Stamp(1), Verified = LakeTarget.Stamp(1) });
        await load.SweepAsync();
        Assert.Equal("(\"\",01,02)", await StateAsync(load));
    }

    [Theory]
    [InlineData("missing", "(05,01,01)", 0)]
    [InlineData("unreadable", "(05,01,01)", 1)]
    [InlineData("damaged", "(05,01,01)", 1)]
    [InlineData("metadata", "(05,01,01)", 1)]
    public async Task What_is_missing_or_can_not_be_read_is_stepped_over_and_the_next_round_makes_up_for_it(string fault, string state, int versions)
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        switch (fault)
        {
            case "missing": sales.Newest = LakeTarget.Stamp(5); break;
            case "unreadable": await sales.ChangesAsync(5, [], metadata => metadata with { IsUnreadable = true }); break;
            case "damaged": await sales.ChangesAsync(5, [Two], metadata => metadata with { Sha256 = "00" }); break;
            default: await sales.PutAsync(5, [1, 2, 3], ObjectMetadata.Empty); break;
        }

        await sales.ChangesAsync(6, [[2, 1, 9m, null]]);
        var summary = await load.SweepAsync();
        Assert.Equal(versions + 1, summary.Versions.Count);
        Assert.Equal(state, await StateAsync(load));
        Assert.Contains(fault == "missing" ? "Versions of 'fact_sale' are missing" : "Stepped over fact_sale/2026-11-23_12-05-00-000000", load.Log.Text, StringComparison.Ordinal);
        Assert.Equal("(1,1.00) (2,9.00)", await load.RowsAsync("SELECT sale_id, amount FROM sale_current ORDER BY 1"));

        await sales.WholeAsync(7, [One, [2, 1, 9m, null]], VersionReason.Round);
        await load.SweepAsync();
        Assert.Equal("(05,07,01)", await StateAsync(load));
    }

    [Fact]
    public async Task Versions_that_begin_anew_count_as_a_gap()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One, Two]);
        await load.SweepAsync();
        sales.Newest = null;
        await sales.ChunkAsync(3, new KeyRange(null, new RowKey("1")), [One]);
        await load.SweepAsync();

        Assert.Equal("(01,01,01)", await StateAsync(load));
    }

    [Fact]
    public async Task Another_mapping_has_to_be_verified_anew()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        sales.Description = TestTarget.Sale with { Mapping = "mapping-2" };
        await sales.ChangesAsync(2, [Two]);
        await load.SweepAsync();
        Assert.Equal("(01,01,01)", await StateAsync(load));
        await sales.WholeAsync(3, [[1, 1, 8m, null], Two], VersionReason.Round);
        await load.SweepAsync();

        Assert.Equal("(01,03,01)", await StateAsync(load));
        Assert.Equal("(0) (0) (0)", await load.RowsAsync("SELECT corrections FROM etl_load"));
    }

    [Fact]
    public async Task What_the_daily_round_writes_is_counted_as_corrections()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One, Two, [3, 1, 1m, null], [5, 1, 1m, null]], rejected: ([4], "no"));
        await load.SweepAsync();
        await sales.WholeAsync(2, [[1, 1, 2m, null], [2, 1, 1m, null], [4, 1, 1m, null], [6, 1, 1m, null], [7, 1, 1m, null]], VersionReason.Round);
        var summary = await load.SweepAsync();

        Assert.Equal((4L, 1L, 2L, 5L), summary.Versions.Select(version => (version.Inserted, version.Ended, version.Deleted, version.Corrections)).Single());
        Assert.Contains("The daily round wrote 5 records", load.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_round_writes_after_a_gap_is_not_a_correction()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        sales.Newest = LakeTarget.Stamp(2);
        await sales.WholeAsync(3, [[1, 1, 2m, null]], VersionReason.Round);

        Assert.Equal(0, (await load.SweepAsync()).Versions.Single().Corrections);
    }

    [Fact]
    public async Task Another_source_is_refused_and_nothing_of_it_is_loaded()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        await sales.WholeAsync(2, [Two], change: metadata => metadata with { Source = SourceKind.Sample });

        Assert.Contains("Target 'fact_sale' was fed from oltp, and this version comes from sample", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal("(1)", await load.RowsAsync("SELECT sale_id FROM sale_current"));
    }

    [Fact]
    public async Task A_version_that_turns_up_late_is_left_alone_with_an_error_line()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(5, [One]);
        await load.SweepAsync();
        await sales.ChangesAsync(3, [[1, 1, 9m, null]]);
        await load.RingAsync(sales.Key(3), sales.Key(5));

        Assert.Equal("(1.00)", await load.RowsAsync("SELECT amount FROM fact_sale"));
        Assert.Single(load.Log.Entries, entry => entry.EventName == "StrayVersion");
    }

    [Fact]
    public async Task A_ledger_that_is_emptied_doubles_no_record()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        await load.Database.ExecuteAsync("TRUNCATE etl_load");
        await load.SweepAsync();
        await sales.ChangesAsync(2, [Two]);
        await load.SweepAsync();

        Assert.Equal("(1) (2)", await load.RowsAsync("SELECT sale_id FROM fact_sale ORDER BY 1"));
        Assert.Equal("(01)", await load.RowsAsync("SELECT substr(verified_through, 15, 2) FROM etl_target"));
    }

    [Fact]
    public async Task A_new_target_begins_with_the_oldest_version_that_still_counts()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[9, 1, 1m, null]]);
        await sales.WholeAsync(2, [One], VersionReason.Deleted);
        await sales.ChangesAsync(3, [Two]);
        var summary = await load.SweepAsync();

        Assert.Equal([LakeTarget.Stamp(2), LakeTarget.Stamp(3)], summary.Versions.Select(version => version.Version));
        Assert.Equal("(1) (2)", await load.RowsAsync("SELECT sale_id FROM fact_sale ORDER BY 1"));
    }

    [Fact]
    public async Task Versions_of_another_format_stop_their_target_and_the_error_says_what_to_do()
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await sales.PutAsync(1, [1], new ObjectMetadata { { "format", "1" } });
        await staff.PutAsync(1, [1], new ObjectMetadata { { "format", "3" } });
        var message = await load.FailingSweepAsync();

        Assert.Contains("it is of format 1, and this software reads format 2. Begin anew with new buckets", message, StringComparison.Ordinal);
        Assert.Contains("it is of format 3, and this software reads format 2. Deploy the newer software to Load too", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_is_up_an_invocation_ends_well_and_the_next_one_carries_on()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        for (var minute = 1; minute <= 3; minute++) await sales.ChangesAsync(minute, [[minute, 1, 1m, null]]);
        var left = 3;
        var stage = load.AnotherStage(progress: new Counter(() => left--));
        var summary = await stage.RunAsync(new StageEvent.Sweep(), new Invocation("1", () => TimeSpan.FromMinutes(left - 1), TestContext.Current.CancellationToken));

        Assert.Equal(2, summary.Versions.Count);
        Assert.Single((await load.SweepAsync()).Versions);
    }

    private static Task<string> StateAsync(LoadScene load) =>
        load.RowsAsync("SELECT substr(complete_after, 15, 2), substr(verified_through, 15, 2), substr(history_since, 15, 2) FROM etl_target");

    private sealed class Counter(Action count) : IProgress<VersionLoaded>
    {
        public void Report(VersionLoaded value) => count();
    }
}
