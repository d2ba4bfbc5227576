using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>A table that loses most of its rows is refused until somebody says that it is meant.</summary>
public sealed class GuardTests
{
    private static readonly ExtractRequest Accepting = new() { AcceptDeletes = ExtractScene.Names("item") };

    [Theory]
    [InlineData("TRUNCATE item", 100)]
    [InlineData("DELETE FROM item WHERE item_id > 49", 51)]
    [InlineData("TRUNCATE item; INSERT INTO item SELECT i, 'new' FROM generate_series(1000, 1030) AS i", 69)]
    public async Task A_table_that_has_lost_more_than_half_of_its_rows_is_refused_until_accepted(string change, int lost)
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync(change);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other"));
        Assert.Contains($"has lost {lost} of its 100 rows", failure.Message, StringComparison.Ordinal);
        Assert.Contains("""{"acceptDeletes": ["item"]}""", failure.Message, StringComparison.Ordinal);
        Assert.Equal("other", Assert.Single((await scene.VersionsAsync("other"))).Key.Table.Value);
        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other"));

        await scene.RunAsync("item,other", Accepting);
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync("item,other")).Versions);
    }

    [Fact]
    public async Task Half_of_the_rows_may_go()
    {
        await using var scene = await CreateAsync();

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id > 50");
        await scene.RunAsync();

        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task A_queue_has_no_guard()
    {
        await using var scene = await CreateAsync();
        scene.Emptied = ExtractScene.Names("item");

        await scene.ExecuteAsync("TRUNCATE item");
        await scene.RunAsync();

        Assert.Empty(await scene.LoadedAsync());
    }

    [Fact]
    public async Task An_accepted_delete_that_takes_several_runs_is_not_refused_again()
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync("DELETE FROM item WHERE item_id % 3 <> 0");

        await scene.RunAsync(request: Accepting, invocation: scene.WithLooks(1));
        Assert.True((await scene.NewestAsync()).Segments.IsAccepted);
        for (var run = 0; run < 2; run++) await scene.RunAsync(invocation: scene.WithLooks(2));
        await scene.RunAsync();

        await scene.AssertRightAsync();
        var newest = await scene.NewestAsync();
        Assert.Equal((true, true), (newest.Segments.IsAccepted, newest.Metadata.IsComplete));

        await scene.ExecuteAsync("DELETE FROM item");
        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());
    }

    [Fact]
    public async Task A_table_that_gets_another_key_and_loses_most_rows_in_the_same_run_is_refused()
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync("ALTER TABLE item DROP CONSTRAINT item_pkey; ALTER TABLE item ADD uid uuid PRIMARY KEY DEFAULT gen_random_uuid(); DELETE FROM item WHERE item_id > 30");

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        await scene.RunAsync(request: Accepting);
        Assert.True((await scene.NewestAsync()).Segments.IsAccepted);
        await scene.AssertRightAsync(order: "uid");
    }

    [Fact]
    public async Task A_view_has_a_guard_too()
    {
        await using var scene = await ExtractScene.CreateAsync("CREATE VIEW item AS SELECT i AS item_id FROM generate_series(1, 9) AS i");
        await scene.RunAsync("item(item_id)");

        await scene.ExecuteAsync("CREATE OR REPLACE VIEW item AS SELECT i AS item_id FROM generate_series(1, 4) AS i");

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item(item_id)"));
    }

    [Fact]
    public async Task A_table_that_begins_empty_is_read_and_may_stay_empty()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(0);

        var version = Assert.Single((await scene.RunAsync()).Versions);

        Assert.Equal((0, VersionReason.First), (version.Rows, version.Reason));
        Assert.Empty((await scene.RunAsync()).Versions);
        await scene.ExecuteAsync("INSERT INTO item VALUES (1, 'one')");
        await scene.RunAsync();
        await scene.AssertRightAsync();
    }

    private static async Task<ExtractScene> CreateAsync()
    {
        var scene = await ExtractScene.CreateFollowedAsync();
        await scene.ExecuteAsync("CREATE TABLE other (other_id int PRIMARY KEY)");
        await scene.RunAsync();
        return scene;
    }
}
