using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

public sealed class DeleteTests
{
    private static readonly ExtractRequest Accepting = new() { AcceptDeletes = new HashSet<TableName> { TableName.Parse("item") } };

    [Fact]
    public async Task A_deleted_row_lies_beside_the_version_as_last_seen()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'unseen' WHERE item_id = 1; DELETE FROM item WHERE item_id = 1");
        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Equal(2, version.Rows.Count);
        Assert.Equal((2, 0, 1), (version.Metadata.Rows, version.Metadata.Changed, version.Metadata.Deleted));
        Assert.Equal(
            """
            [
            {"item_id":1,"name":"one","last_updated":"2022-11-03T14:20:52.186"}
            ]

            """,
            await scene.TextAsync(version.Key.DeletedRows));
    }

    [Fact]
    public async Task A_version_without_deletes_has_no_object_of_deleted_rows()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        Assert.Null(await scene.TextAsync((await scene.NewestAsync()).Key.DeletedRows));
    }

    [Fact]
    public async Task A_changed_primary_key_is_a_delete_and_an_insert()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET item_id = 9 WHERE item_id = 2");
        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.StartsWith("""{"item_id":9,""", Assert.Single(version.ChangedRows), StringComparison.Ordinal);
        Assert.Contains("\"item_id\":2,", await scene.TextAsync(version.Key.DeletedRows), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM item")]
    [InlineData("TRUNCATE item")]
    [InlineData("DELETE FROM item WHERE item_id > 1")]
    public async Task A_table_that_loses_too_many_rows_is_refused_until_that_is_accepted(string loss)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.ExecuteAsync(loss);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        Assert.Contains("""send {"acceptDeletes": ["item"]}""", failure.Message, StringComparison.Ordinal);
        Assert.Single(await scene.KeysAsync());
        await scene.RunAsync(request: Accepting);
        Assert.Equal(await scene.Database.ScalarAsync<long>("SELECT count(*) FROM item"), (await scene.NewestAsync()).Metadata.Rows);
    }

    [Fact]
    public async Task A_table_that_loses_half_of_its_rows_goes_on()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "INSERT INTO item VALUES (4, 'four', NULL);");
        await scene.RunAsync();
        await scene.ExecuteAsync("DELETE FROM item WHERE item_id > 2");

        await scene.RunAsync();

        Assert.Equal(2, (await scene.NewestAsync()).Metadata.Deleted);
    }

    [Fact]
    public async Task The_other_tables_go_on_where_one_is_refused()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "CREATE TABLE other (other_id int PRIMARY KEY)");
        await scene.RunAsync("item,other");
        await scene.ExecuteAsync("DELETE FROM item; INSERT INTO other VALUES (1)");

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other"));

        Assert.Equal("item", Assert.Single(failure.Failures).Subject);
        Assert.Single((await scene.NewestAsync("other")).ChangedRows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_run_is_refused_too_where_the_table_comes_up_empty(bool hasMetadata)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        if (!hasMetadata) await scene.TamperAsync(version => (version.Body, []));
        await scene.ExecuteAsync("DELETE FROM item");

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(request: new ExtractRequest { IsFull = true }));

        await scene.RunAsync(request: Accepting with { IsFull = true });
        Assert.Equal(0, (await scene.NewestAsync()).Metadata.Rows);
    }
}
