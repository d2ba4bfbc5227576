using EtlPipeline.Extract.Tests.Scenes;
using Npgsql;

namespace EtlPipeline.Extract.Tests;

public sealed class CompletenessTests
{
    [Fact]
    public async Task A_new_row_and_a_changed_row_come_last_and_the_others_stay_as_they_are()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        var first = await scene.NewestAsync();

        await scene.ExecuteAsync("""
            INSERT INTO item VALUES (0, 'zero', now());
            UPDATE item SET name = 'TWO', last_updated = now() WHERE item_id = 2;
            """);
        await scene.RunAsync();

        var second = await scene.NewestAsync();
        Assert.Equal(["one", "three", "zero", "TWO"], Names(second.Rows));
        Assert.Equal(["zero", "TWO"], Names(second.ChangedRows));
        Assert.Equal((4, 2, 0), (second.Metadata.Rows, second.Metadata.Changed, second.Metadata.Deleted));
        Assert.Equal(first.Key.Version, second.Metadata.Previous);
        Assert.Equal(first.Metadata.FullAt, second.Metadata.FullAt);
        Assert.Equal(first.Rows[0], second.Rows[0]);
    }

    [Fact]
    public async Task A_transaction_that_commits_late_is_extracted_by_the_next_run()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var late = await scene.Database.OpenAsync();
        await RunAsync(late, "BEGIN; INSERT INTO item VALUES (4, 'late', '2022-11-03')");
        await scene.RunAsync();
        // Transactions that come and go in the meantime must not make the late one look old.
        for (var i = 0; i < 5; i++) await scene.ExecuteAsync("CREATE TABLE passing (id int); DROP TABLE passing");
        await scene.RunAsync();

        await RunAsync(late, "COMMIT");
        await scene.RunAsync();

        Assert.Equal(["late"], Names((await scene.NewestAsync()).ChangedRows));
        AssertNoFullComparison(scene);
    }

    [Fact]
    public async Task A_savepoint_of_a_transaction_that_commits_late_is_extracted_by_the_next_run()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var late = await scene.Database.OpenAsync();
        await RunAsync(late, """
            BEGIN;
            UPDATE item SET name = 'ONE' WHERE item_id = 1;
            SAVEPOINT inner_work;
            INSERT INTO item VALUES (4, 'inner', '2022-11-03');
            RELEASE inner_work
            """);
        await scene.RunAsync();

        await RunAsync(late, "COMMIT");
        await scene.RunAsync();

        Assert.Equal(["ONE", "inner"], Names((await scene.NewestAsync()).ChangedRows));
        AssertNoFullComparison(scene);
    }

    [Fact]
    public async Task A_prepared_transaction_is_extracted_by_the_run_after_its_commit()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.ExecuteAsync("BEGIN; INSERT INTO item VALUES (4, 'prepared', '2022-11-03'); PREPARE TRANSACTION 'item_4'");
        await scene.RunAsync();
        await scene.RunAsync();
        Assert.Single(await scene.KeysAsync());

        await scene.ExecuteAsync("COMMIT PREPARED 'item_4'");
        await scene.RunAsync();

        Assert.Equal(["prepared"], Names((await scene.NewestAsync()).ChangedRows));
        AssertNoFullComparison(scene);
    }

    [Fact]
    public async Task A_row_that_a_transaction_rolled_back_is_not_extracted()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("BEGIN; INSERT INTO item VALUES (4, 'never', now()); UPDATE item SET name = 'no'; ROLLBACK");
        await scene.RunAsync();

        Assert.Single(await scene.KeysAsync());
    }

    [Fact]
    public async Task A_silent_update_is_extracted()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'silent' WHERE item_id = 2");
        await scene.RunAsync();

        Assert.Equal(["silent"], Names((await scene.NewestAsync()).ChangedRows));
    }

    [Fact]
    public async Task A_row_whose_last_updated_becomes_NULL_is_extracted()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET last_updated = NULL WHERE item_id = 3");
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":3,"name":"three","last_updated":null}"""], (await scene.NewestAsync()).ChangedRows);
    }

    [Theory]
    [InlineData("CREATE TABLE item (item_id int PRIMARY KEY, name text)")]
    [InlineData("CREATE TABLE item (item_id int PRIMARY KEY, name text, last_updated text)")]
    [InlineData("CREATE TABLE item (item_id int PRIMARY KEY, name text, last_updated date)")]
    [InlineData("CREATE TABLE item (item_id int PRIMARY KEY, name text, last_updated timestamptz)")]
    public async Task A_table_without_a_usable_last_updated_is_extracted_by_its_transactions(string table)
    {
        await using var scene = await ExtractScene.CreateAsync($"{table}; INSERT INTO item (item_id, name) VALUES (1, 'one'), (2, 'two')");
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = 'TWO' WHERE item_id = 2");
        await scene.RunAsync();

        Assert.Equal(["TWO"], Names((await scene.NewestAsync()).ChangedRows));
        Assert.Equal(1, (await scene.NewestAsync()).Metadata.Changed);
    }

    [Fact]
    public async Task A_row_that_was_written_again_as_it_was_is_no_change()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET name = name");
        await scene.ExecuteAsync("VACUUM FULL item");
        var summary = await scene.RunAsync();

        Assert.Single(await scene.KeysAsync());
        Assert.Equal(3, summary.Tables[0].Read);
    }

    [Fact]
    public async Task A_composite_key_is_taken_from_the_catalog_in_its_own_order()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (name text, b int, a text, PRIMARY KEY (a, b) INCLUDE (name));
            INSERT INTO item VALUES ('x2', 2, 'x'), ('x1', 1, 'x'), ('"quoted", it''s', 1, 'ü"\');
            """);
        await scene.RunAsync();
        await scene.ExecuteAsync("""
            UPDATE item SET name = 'X2' WHERE a = 'x' AND b = 2;
            UPDATE item SET name = 'U1' WHERE a = 'ü"\' AND b = 1;
            """);

        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Equal(["x1", "X2", "U1"], Names(version.Rows));
        Assert.Equal((3, 2, 0), (version.Metadata.Rows, version.Metadata.Changed, version.Metadata.Deleted));
    }

    [Fact]
    public async Task Inserts_and_deletes_of_the_same_number_are_both_seen()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.ExecuteAsync("DELETE FROM item WHERE item_id = 2; INSERT INTO item VALUES (4, 'four', '2022-11-03')");
        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Equal(["one", "three", "four"], Names(version.Rows));
        Assert.Equal((1, 1), (version.Metadata.Changed, version.Metadata.Deleted));
    }

    /// <summary>A comparison of all rows would have found the change as well, and hidden that the run did not.</summary>
    private static void AssertNoFullComparison(ExtractScene scene) =>
        Assert.DoesNotContain(scene.Log.Entries, entry => entry.EventName == "AllRowsCompared");

    private static IEnumerable<string> Names(IEnumerable<string> rows) =>
        rows.Select(row => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("name").GetString()!);

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ExtractScene.Token);
    }
}
