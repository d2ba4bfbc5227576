using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>A transaction is in flight while a run takes its snapshot.</summary>
public sealed class LateCommitTests
{
    [Fact]
    public async Task A_transaction_that_commits_late_is_extracted_by_the_next_run()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await using var late = await scene.Database.OpenAsync();
        await late.ExecuteAsync("BEGIN; INSERT INTO item VALUES (101, 'late')", ExtractScene.Token);
        await scene.RunAsync();
        // Transactions that come and go in the meantime must not make the late one look old.
        for (var i = 0; i < 5; i++) await scene.ExecuteAsync("CREATE TABLE passing (id int); DROP TABLE passing");
        await scene.ExecuteAsync("UPDATE item SET name = 'seen' WHERE item_id = 50");
        await scene.RunAsync();

        await late.ExecuteAsync("COMMIT", ExtractScene.Token);
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":101,"name":"late"}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task A_savepoint_of_a_transaction_that_commits_late_is_extracted_by_the_next_run()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await using var late = await scene.Database.OpenAsync();
        await late.ExecuteAsync(
            "BEGIN; UPDATE item SET name = 'outer' WHERE item_id = 1; SAVEPOINT work; INSERT INTO item VALUES (101, 'inner'); RELEASE work", ExtractScene.Token);
        await scene.RunAsync();

        await late.ExecuteAsync("COMMIT", ExtractScene.Token);
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":1,"name":"outer"}""", """{"item_id":101,"name":"inner"}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task A_forgotten_prepared_transaction_makes_no_row_be_sent_twice()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await scene.ExecuteAsync("BEGIN; INSERT INTO item VALUES (101, 'prepared'); PREPARE TRANSACTION 'forgotten_item'");
        try
        {
            await scene.RunAsync();
            for (var i = 1; i <= 3; i++)
            {
                await scene.ExecuteAsync($"UPDATE item SET name = 'change {i}' WHERE item_id = {i * 20}");
                Assert.Equal(1, Assert.Single((await scene.RunAsync()).Versions).Rows);
            }

            Assert.Empty((await scene.RunAsync()).Versions);
        }
        finally
        {
            await scene.ExecuteAsync("COMMIT PREPARED 'forgotten_item'");
        }

        await scene.RunAsync();
        Assert.Equal(["""{"item_id":101,"name":"prepared"}"""], (await scene.NewestAsync()).Rows);
    }

    [Fact]
    public async Task What_changes_many_transactions_after_an_open_one_is_extracted()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await using var open = await scene.Database.OpenAsync();
        await open.ExecuteAsync("BEGIN; INSERT INTO item VALUES (101, 'open')", ExtractScene.Token);
        await scene.ExecuteAsync("UPDATE item SET name = 'seen' WHERE item_id = 50");
        await scene.RunAsync();

        for (var i = 0; i < 40; i++) await scene.ExecuteAsync("CREATE TABLE passing (id int); DROP TABLE passing");
        await scene.ExecuteAsync("UPDATE item SET name = 'changed' WHERE item_id = 60");
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":60,"name":"changed"}"""], (await scene.NewestAsync()).Rows);
    }
}
