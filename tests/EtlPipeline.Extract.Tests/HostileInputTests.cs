using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Extract.Tests;

public sealed class HostileInputTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(PlantedSecret.Value);

    [Fact]
    public async Task A_newest_version_with_a_row_of_a_gigabyte_is_replaced_after_no_more_than_the_longest_row_was_held()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        var key = (await scene.KeysAsync())[^1].Rows;
        await using var body = new RepeatedStream("[{\"item_id\":1,\"name\":\""u8.ToArray(), Secret, (1 << 30) / Secret.Length, "\"}]"u8.ToArray());
        scene.Bucket = new GiantObjectStore(scene.Bucket, key, () => body);
        await scene.ExecuteAsync("UPDATE item SET name = 'ONE' WHERE item_id = 1");

        await scene.RunAsync();

        Assert.InRange(body.BytesRead, RowLimits.Bytes, 3L * RowLimits.Bytes);
        Assert.Contains($"the newest version {key} can't be read: a row of more than {RowLimits.Bytes} bytes begins", scene.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedSecret.Text, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.NewestAsync()).ChangedRows.Count);
    }

    [Theory]
    [InlineData("repeat('x', 33554432)")]
    [InlineData("repeat('ü', 20000000)")]
    [InlineData("repeat('\"', 20000000)")]
    public async Task A_row_that_no_stage_would_read_is_not_written_and_the_others_go_on(string text)
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            {ExtractScene.Items}
            CREATE TABLE other (other_id int PRIMARY KEY, text text);
            INSERT INTO other VALUES (1, {text});
            """);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("other,item"));

        Assert.Contains("'other': a row is longer than 33554432 bytes as JSON", failure.Message, StringComparison.Ordinal);
        Assert.Contains("shorten it in the source", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.KeysAsync("other"));
        Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
    }

    [Fact]
    public async Task Names_of_columns_with_quotes_slashes_and_control_characters_are_names_like_any_other()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, "a""; DROP TABLE item; --" text, "../%2F'\" text, U&"\0001\001b\000a" text, "{0}" text);
            INSERT INTO item VALUES (1, 'a', 'b', 'c', 'd');
            """);
        await scene.RunAsync();
        await scene.ExecuteAsync("""UPDATE item SET "{0}" = 'e'""");

        await scene.RunAsync();

        Assert.Equal(
            """{"item_id":1,"a\"; DROP TABLE item; --":"a","../%2F'\\":"b","\u0001\u001B\n":"c","{0}":"e"}""",
            Assert.Single((await scene.NewestAsync()).Rows));
    }
}
