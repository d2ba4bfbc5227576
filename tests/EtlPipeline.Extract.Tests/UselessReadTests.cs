using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

/// <summary>How many rows a run reads depends on the transactions of the whole server.</summary>
[Collection(RunsAlone.Name)]
public sealed class UselessReadTests
{
    [Fact]
    public async Task More_than_ten_thousand_rows_that_were_read_for_nothing_make_a_version_to_start_from()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, name text);
            INSERT INTO item SELECT i, 'same' FROM generate_series(1, 10001) AS i;
            """);
        await scene.RunAsync();
        await scene.ExecuteAsync("UPDATE item SET name = name WHERE item_id <= 10000");
        await scene.RunAsync();
        Assert.Single(await scene.KeysAsync());

        await scene.ExecuteAsync("UPDATE item SET name = name");
        await scene.RunAsync();

        Assert.Equal(2, (await scene.KeysAsync()).Count);
        Assert.Equal((10_001, 0), ((await scene.NewestAsync()).Metadata.Rows, (await scene.NewestAsync()).Metadata.Changed));
        Assert.Equal(0, (await scene.RunAsync()).Tables[0].Read);
    }
}
