using EtlPipeline.Extract.Planning;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

/// <summary>Changes that leave no trace in the rows' transaction ids.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("ALTER TABLE item ADD COLUMN stock int DEFAULT 7", """{"item_id":1,"name":"one","mood":"glad","stock":7}""")]
    [InlineData("ALTER TABLE item RENAME COLUMN name TO title", """{"item_id":1,"title":"one","mood":"glad"}""")]
    [InlineData("ALTER TABLE item DROP COLUMN name", """{"item_id":1,"mood":"glad"}""")]
    [InlineData("ALTER TABLE item DROP COLUMN mood, ADD COLUMN mood mood[]", """{"item_id":1,"name":"one","mood":null}""")]
    [InlineData("ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'", """{"item_id":1,"name":"one","mood":"happy"}""")]
    [InlineData(
        "ALTER TABLE item RENAME TO old_item; ALTER TABLE other_item RENAME TO item",
        """{"item_id":1,"name":"swapped","mood":"sad"}""")]
    public async Task A_table_of_another_form_is_compared_row_by_row(string change, string row)
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TYPE mood AS ENUM ('glad', 'sad');
            CREATE TABLE item (item_id int PRIMARY KEY, name text, mood mood);
            INSERT INTO item VALUES (1, 'one', 'glad');
            CREATE TABLE other_item (LIKE item INCLUDING ALL);
            INSERT INTO other_item VALUES (1, 'swapped', 'sad');
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync(change);
        await scene.RunAsync();

        Assert.Contains(ComparisonReason.OtherShape, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal([row], (await scene.NewestAsync()).ChangedRows);
    }

    [Theory]
    [InlineData("mood[]", "{glad}", "{happy}")]
    [InlineData("pair", "(1,glad)", "(1,happy)")]
    [InlineData("good_mood", "glad", "happy")]
    [InlineData("mood_range", "[glad,sad)", "[happy,sad)")]
    public async Task A_renamed_enum_label_is_seen_inside_other_types(string type, string before, string after)
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TYPE mood AS ENUM ('glad', 'sad');
            CREATE TYPE pair AS (number int, mood mood);
            CREATE DOMAIN good_mood AS mood CHECK (VALUE <> 'sad');
            CREATE TYPE mood_range AS RANGE (SUBTYPE = mood);
            CREATE TABLE item (item_id int PRIMARY KEY, mood {type});
            INSERT INTO item VALUES (1, '{before}');
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync("ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'");
        await scene.RunAsync();

        Assert.Equal($$"""{"item_id":1,"mood":"{{after}}"}""", Assert.Single((await scene.NewestAsync()).ChangedRows));
    }

    [Fact]
    public async Task An_attribute_that_is_added_to_a_composite_type_is_seen()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TYPE pair AS (number int, word text);
            CREATE TABLE item (item_id int PRIMARY KEY, pair pair);
            INSERT INTO item VALUES (1, '(1,one)');
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync("ALTER TYPE pair ADD ATTRIBUTE extra int");
        await scene.RunAsync();

        Assert.Equal("""{"item_id":1,"pair":"(1,one,)"}""", Assert.Single((await scene.NewestAsync()).ChangedRows));
    }

    [Fact]
    public async Task An_attached_partition_is_seen_although_its_rows_are_old()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, name text) PARTITION BY RANGE (item_id);
            CREATE TABLE item_low PARTITION OF item FOR VALUES FROM (0) TO (10);
            CREATE TABLE item_high (LIKE item INCLUDING ALL);
            INSERT INTO item VALUES (1, 'one');
            INSERT INTO item_high VALUES (11, 'eleven');
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync("ALTER TABLE item ATTACH PARTITION item_high FOR VALUES FROM (10) TO (20)");
        await scene.RunAsync();
        Assert.Equal(["""{"item_id":11,"name":"eleven"}"""], (await scene.NewestAsync()).ChangedRows);

        await scene.ExecuteAsync("UPDATE item SET name = 'ONE' WHERE item_id = 1");
        await scene.RunAsync();
        Assert.Equal(["""{"item_id":1,"name":"ONE"}"""], (await scene.NewestAsync()).ChangedRows);
    }

    [Fact]
    public async Task A_partition_that_takes_the_place_of_another_is_seen_although_its_rows_are_old_and_as_many()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, name text) PARTITION BY RANGE (item_id);
            CREATE TABLE item_low PARTITION OF item FOR VALUES FROM (0) TO (10);
            CREATE TABLE other_low (LIKE item INCLUDING ALL);
            INSERT INTO item VALUES (1, 'one');
            INSERT INTO other_low VALUES (1, 'ONE');
            """);
        await scene.RunAsync();

        await scene.ExecuteAsync("""
            ALTER TABLE item DETACH PARTITION item_low;
            ALTER TABLE item ATTACH PARTITION other_low FOR VALUES FROM (0) TO (10);
            """);
        await scene.RunAsync();

        Assert.Equal(["""{"item_id":1,"name":"ONE"}"""], (await scene.NewestAsync()).ChangedRows);
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
    public async Task A_view_or_foreign_table_is_compared_row_by_row(string relation)
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE base (item_id int PRIMARY KEY, name text);
            INSERT INTO base VALUES (1, 'one'), (2, 'two');
            {relation};
            """);
        await scene.RunAsync();
        await scene.ExecuteAsync("UPDATE base SET name = 'TWO' WHERE item_id = 2");
        if (relation.Contains("MATERIALIZED", StringComparison.Ordinal)) await scene.ExecuteAsync("REFRESH MATERIALIZED VIEW item");

        await scene.RunAsync();

        Assert.Contains(ComparisonReason.NoTransactionIds, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal(["""{"item_id":2,"name":"TWO"}"""], (await scene.NewestAsync()).ChangedRows);
    }
}
