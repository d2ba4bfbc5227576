using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

public sealed class FirstRunTests
{
    [Fact]
    public async Task The_first_version_holds_every_row_in_key_order()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, name text, last_updated timestamp(3));
            INSERT INTO item VALUES (3, 'three', NULL), (1, 'one', '2022-11-03 14:20:52.186'), (2, NULL, '2022-11-03');
            """);

        var summary = await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Equal(
            """
            [
            {"item_id":1,"name":"one","last_updated":"2022-11-03T14:20:52.186"},
            {"item_id":2,"name":null,"last_updated":"2022-11-03T00:00:00"},
            {"item_id":3,"name":"three","last_updated":null}
            ]

            """,
            version.Body);
        Assert.Equal((3, 3, 0, null), (version.Metadata.Rows, version.Metadata.Changed, version.Metadata.Deleted, version.Metadata.Previous));
        Assert.Equal(version.Rows, version.ChangedRows);
        Assert.Equal(version.Key.Version, Assert.Single(summary.Tables).Version);
        Assert.Equal(version.Key.Version.Instant, version.Metadata.ExtractedAt);
        Assert.Equal(version.Metadata.ExtractedAt, version.Metadata.FullAt);
    }

    [Fact]
    public async Task An_empty_table_has_an_empty_first_version()
    {
        await using var scene = await ExtractScene.CreateAsync("CREATE TABLE item (item_id int PRIMARY KEY)");

        await scene.RunAsync();

        Assert.Equal("[\n]\n", (await scene.NewestAsync()).Body);
    }

    [Fact]
    public async Task A_run_that_finds_nothing_changed_writes_no_object()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        var summary = await scene.RunAsync();

        Assert.Single(await scene.KeysAsync());
        var table = Assert.Single(summary.Tables);
        Assert.Null(table.Version);
        Assert.Equal((3, 0, 0), (table.Rows, table.Changed, table.Deleted));
    }

    [Fact]
    public async Task The_time_of_the_run_lies_under_the_key_timestamp()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        var first = await scene.TextAsync("timestamp");

        await scene.RunAsync();

        var second = await scene.TextAsync("timestamp");
        Assert.Equal(first, $"{(await scene.NewestAsync()).Metadata.ExtractedAt:yyyy-MM-dd'T'HH:mm:ss.ffffff}");
        Assert.True(string.CompareOrdinal(second, first) > 0);
    }
}
