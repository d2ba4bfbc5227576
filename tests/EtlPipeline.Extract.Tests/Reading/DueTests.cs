using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>Each reason for which segments become due.</summary>
public sealed class DueTests
{
    [Theory]
    [InlineData("ALTER TABLE item ADD COLUMN stock int DEFAULT 7")]
    [InlineData("ALTER TABLE item RENAME COLUMN name TO title")]
    [InlineData("ALTER TABLE item DROP COLUMN name")]
    [InlineData("ALTER TABLE item ALTER COLUMN name TYPE varchar(20)")]
    [InlineData("ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'")]
    [InlineData("ALTER TYPE pair ADD ATTRIBUTE extra int")]
    [InlineData("ALTER TABLE item RENAME TO old_item; ALTER TABLE other_item RENAME TO item")]
    public async Task A_table_of_another_form_is_read_whole(string change)
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TYPE mood AS ENUM ('glad', 'sad');
            CREATE TYPE pair AS (number int, word text);
            CREATE TABLE item (item_id int PRIMARY KEY, name text, mood mood, pair pair);
            INSERT INTO item VALUES (1, 'one', 'glad', '(1,one)'), (2, 'two', 'sad', NULL);
            CREATE TABLE other_item (LIKE item INCLUDING ALL);
            INSERT INTO other_item VALUES (1, 'swapped', 'sad', NULL);
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync(change);
        await scene.RunAsync();

        Assert.Equal(VersionReason.Shape, (await scene.NewestAsync()).Metadata.Reason);
        Assert.Contains("item_id", Assert.Single((await scene.NewestAsync()).Rows, row => row.Contains("\"item_id\":1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE item ATTACH PARTITION high FOR VALUES FROM (10) TO (20)", "eleven")]
    [InlineData("ALTER TABLE item DETACH PARTITION low; ALTER TABLE item ATTACH PARTITION other_low FOR VALUES FROM (0) TO (10)", "ONE")]
    public async Task A_partition_that_comes_is_seen_although_its_rows_are_old(string change, string name)
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, name text) PARTITION BY RANGE (item_id);
            CREATE TABLE low PARTITION OF item FOR VALUES FROM (0) TO (10);
            CREATE TABLE high (LIKE item INCLUDING ALL);
            CREATE TABLE other_low (LIKE item INCLUDING ALL);
            INSERT INTO item VALUES (1, 'one');
            INSERT INTO high VALUES (11, 'eleven');
            INSERT INTO other_low VALUES (1, 'ONE');
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync(change);
        await scene.RunAsync();
        Assert.Contains((await scene.NewestAsync()).Rows, row => row.Contains(name, StringComparison.Ordinal));

        await scene.ExecuteAsync("UPDATE item SET name = 'again' WHERE item_id = 1");
        await scene.RunAsync();
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task Another_server_makes_all_of_it_be_read_and_nothing_be_followed()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.TamperAsync(metadata => metadata with { Server = metadata.Server + "0" });
        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id = 5");

        var versions = (await scene.RunAsync()).Versions;

        Assert.All(versions, version => Assert.Equal((VersionKind.Chunk, VersionReason.Server), (version.Kind, version.Reason)));
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task A_server_that_is_behind_in_its_transactions_was_restored()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.TamperAsync(metadata => metadata with { SnapshotXmax = metadata.SnapshotXmax + 1_000_000 });

        var versions = (await scene.RunAsync()).Versions;

        Assert.Equal(100, versions.Sum(version => version.Rows));
        Assert.All(versions, version => Assert.Equal(VersionReason.Server, version.Reason));
    }

    [Fact]
    public async Task A_full_event_has_everything_read()
    {
        await using var scene = await ExtractScene.CreateReadAsync();

        var versions = (await scene.RunAsync(request: new ExtractRequest { IsFull = true })).Versions;

        Assert.All(versions, version => Assert.Equal(VersionReason.Full, version.Reason));
        Assert.Equal(0, versions[0].Rows);
        Assert.Equal(100, versions.Sum(version => version.Rows));
    }

    [Fact]
    public async Task A_table_that_an_event_names_is_read_and_the_others_are_not()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.ExecuteAsync("CREATE TABLE other (other_id int PRIMARY KEY)");
        await scene.RunAsync("item,other");

        var versions = (await scene.RunAsync("item,other", new ExtractRequest { Read = ExtractScene.Names("item") })).Versions;

        Assert.All(versions, version => Assert.Equal(("item", VersionReason.Repair), (version.Table.Value, version.Reason)));
        Assert.Equal(100, versions.Sum(version => version.Rows));
    }

    [Fact]
    public async Task What_an_event_asks_for_is_not_forgotten_if_the_time_is_up()
    {
        await using var scene = await ExtractScene.CreateReadAsync();

        var first = (await scene.RunAsync(request: new ExtractRequest { Read = ExtractScene.Names("item") }, invocation: scene.WithLooks(1))).Versions;
        Assert.Equal((VersionKind.Changes, 0), (Assert.Single(first).Kind, first[0].Rows));
        Assert.False((await scene.NewestAsync()).Metadata.IsComplete);

        Assert.Equal(100, (await scene.RunAsync()).Versions.Sum(version => version.Rows));
        Assert.True((await scene.NewestAsync()).Metadata.IsComplete);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("acceptDeletes")]
    public async Task An_event_that_names_a_table_which_is_not_listed_is_an_error_that_lists_the_tables(string property)
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var names = ExtractScene.Names("items");
        var request = property == "read" ? new ExtractRequest { Read = names } : new ExtractRequest { AcceptDeletes = names };

        var failure = await Assert.ThrowsAsync<PipelineException>(() => scene.RunAsync(request: request));

        Assert.Contains("'items'", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("item", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_names_a_table_twice_is_an_error_that_lists_the_tables()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var request = ExtractRequest.ReadEvent(new MemoryStream("""{"acceptDeletes": ["item", "item"]}"""u8.ToArray()));

        var failure = await Assert.ThrowsAsync<PipelineException>(() => scene.RunAsync("item,other", request));

        Assert.Equal("The event names 'item' twice. The tables are item, other", failure.Message);
    }

    [Fact]
    public async Task Another_key_makes_the_table_begin_again()
    {
        await using var scene = await ExtractScene.CreateReadAsync();

        await scene.ExecuteAsync("ALTER TABLE item DROP CONSTRAINT item_pkey; ALTER TABLE item ADD uid uuid PRIMARY KEY DEFAULT gen_random_uuid()");
        var versions = (await scene.RunAsync()).Versions;

        Assert.All(versions, version => Assert.Equal(VersionReason.First, version.Reason));
        Assert.Equal("uid:text", (await scene.NewestAsync()).Metadata.Key);
        await scene.AssertRightAsync(order: "uid");
    }

    [Theory]
    [InlineData("CREATE VIEW item AS SELECT item_id, name FROM base")]
    [InlineData("CREATE MATERIALIZED VIEW item AS SELECT item_id, name FROM base")]
    [InlineData("""
        CREATE EXTENSION IF NOT EXISTS postgres_fdw;
        DO $$ BEGIN EXECUTE format(
            'CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, port %L, dbname %L)',
            split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port'), current_database()); END $$;
        CREATE USER MAPPING FOR CURRENT_USER SERVER self OPTIONS (password_required 'false');
        CREATE FOREIGN TABLE item (item_id int, name text) SERVER self OPTIONS (table_name 'base')
        """)]
    public async Task A_view_or_foreign_table_is_read_whole_if_its_content_changes_and_else_not(string relation)
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE base (item_id int PRIMARY KEY, name text);
            INSERT INTO base SELECT i, 'item ' || i FROM generate_series(1, 100) AS i;
            {relation};
            """);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync("item(item_id)");
        Assert.Empty((await scene.RunAsync("item(item_id)")).Versions);

        await scene.ExecuteAsync("UPDATE base SET name = 'TWO' WHERE item_id = 2; DELETE FROM base WHERE item_id = 3");
        if (relation.Contains("MATERIALIZED", StringComparison.Ordinal)) await scene.ExecuteAsync("REFRESH MATERIALIZED VIEW item");
        var versions = (await scene.RunAsync("item(item_id)")).Versions;

        Assert.All(versions, version => Assert.Equal(VersionReason.Changed, version.Reason));
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync("item(item_id)")).Versions);
    }

    [Fact]
    public async Task A_view_in_a_tables_place_makes_a_version_only_if_it_changes()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.ExecuteAsync("ALTER TABLE item RENAME TO base; CREATE VIEW item AS SELECT * FROM base");
        await scene.RunAsync("item(item_id)");

        Assert.Empty((await scene.RunAsync("item(item_id)")).Versions);
    }
}
