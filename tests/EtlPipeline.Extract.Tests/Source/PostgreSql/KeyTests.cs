using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Source.PostgreSql;

/// <summary>How rows are told apart, and in which order they come.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("a smallint, b text COLLATE \"und-x-icu\", PRIMARY KEY (a, b)", "(i % 7)::smallint, chr(64 + i % 60) || i || CASE WHEN i % 3 = 0 THEN 'é' ELSE '😀' END", "a, b COLLATE \"C\"")]
    [InlineData("a text COLLATE \"und-x-icu\" PRIMARY KEY, b int", "chr(64 + i % 60) || i || CASE WHEN i % 3 = 0 THEN '｟' WHEN i % 3 = 1 THEN 'ß' ELSE '😀' END, i", "a COLLATE \"C\"")]
    [InlineData("a uuid PRIMARY KEY, b int", "md5(i::text)::uuid, i", "a")]
    [InlineData("a bigint PRIMARY KEY, b int", "(i - 60)::bigint << 32, i", "a")]
    [InlineData("a numeric PRIMARY KEY, b int", "i / 7.0, i", "a::text COLLATE \"C\"")]
    [InlineData("a text, b text, c int, PRIMARY KEY (a, b, c)", "CASE WHEN i % 2 = 0 THEN 'x\ty' ELSE '\\N' END, i::text, -i", "a COLLATE \"C\", b COLLATE \"C\", c")]
    [InlineData("a date, b int, PRIMARY KEY (b, a)", "date '2024-01-01' + i, i % 5", "b, a")]
    public async Task Keys_of_any_type_are_followed_and_read_round_in_an_order_of_their_own(string columns, string values, string order)
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item ({columns}, name text);
            INSERT INTO item SELECT {values}, 'item' FROM generate_series(1, 120) AS i;
            """);
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();
        await scene.AssertRightAsync(order: order);
        Assert.True((await scene.NewestAsync()).Segments.Segments.Count > 5);

        await scene.ExecuteAsync("""
            UPDATE item SET name = 'other' WHERE ctid IN (SELECT ctid FROM item ORDER BY md5(item::text) LIMIT 5);
            DELETE FROM item WHERE ctid IN (SELECT ctid FROM item ORDER BY md5(item::text || 'x') LIMIT 3)
            """);
        await scene.ExecuteAsync($"INSERT INTO item SELECT {values}, 'new' FROM generate_series(121, 125) AS i");
        var versions = (await scene.RunAsync()).Versions;
        Assert.Equal(VersionKind.Changes, versions[0].Kind);
        await scene.AssertRightAsync(order: order);

        await scene.RunAsync(request: new ExtractRequest { IsFull = true });
        await scene.AssertRightAsync(order: order);
        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task A_table_without_a_key_is_left_out_of_a_list_of_all_with_a_warning_that_names_it()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (id int PRIMARY KEY);
            CREATE TABLE nullable (id int UNIQUE);
            CREATE TABLE notes (id int);
            CREATE TABLE audit_log (id int)
            """);

        var summary = await scene.RunAsync("*, !audit_log");

        Assert.Equal(["item"], summary.Tables.Select(table => table.Table.Value));
        Assert.Contains("Table notes is left out", scene.Log.Text, StringComparison.Ordinal);
        Assert.Contains("Table nullable is left out", scene.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("audit_log", scene.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_numeric_key_that_becomes_an_equal_one_of_another_form_is_another_key()
    {
        await using var scene = await ExtractScene.CreateAsync("CREATE TABLE item (item_id numeric PRIMARY KEY); INSERT INTO item SELECT generate_series(1, 100)");
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync();

        await scene.ExecuteAsync("UPDATE item SET item_id = 7.00 WHERE item_id = 7");
        await scene.RunAsync();

        var loaded = await scene.LoadedAsync();
        Assert.Equal(100, loaded.Count);
        Assert.Contains("""{"item_id":7.00}""", loaded);
    }

    [Fact]
    public async Task Without_a_primary_key_a_unique_index_over_columns_that_are_NOT_NULL_will_do()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (a int, b int NOT NULL, c text NOT NULL, d int UNIQUE, e int NOT NULL);
            CREATE UNIQUE INDEX ON item (lower(c));
            CREATE UNIQUE INDEX ON item (e) WHERE e > 0;
            CREATE UNIQUE INDEX ON item (c, b) INCLUDE (a);
            INSERT INTO item VALUES (1, 2, 'x', 3, 4);
            """);

        await scene.RunAsync();

        Assert.Equal("c:text,b:integer", (await scene.NewestAsync()).Metadata.Key);
    }

    [Theory]
    [InlineData("CREATE TABLE staff (uid uuid PRIMARY KEY DEFAULT gen_random_uuid(), staff_id int NOT NULL UNIQUE)", "staff_id:integer")]
    [InlineData("CREATE TABLE staff (uid uuid PRIMARY KEY DEFAULT gen_random_uuid(), staff_id int UNIQUE)", "uid:text")]
    [InlineData("CREATE VIEW staff AS SELECT 1 AS staff_id", "staff_id:integer")]
    public async Task The_targets_key_is_gone_by_if_the_source_guards_it(string table, string key)
    {
        await using var scene = await ExtractScene.CreateAsync(table);

        await scene.RunAsync("staff");

        Assert.Equal(key, (await scene.NewestAsync("staff")).Metadata.Key);
    }

    [Theory]
    [InlineData("CREATE TABLE other (other_id int)", "other", "has no primary key")]
    [InlineData("CREATE TABLE other (other_id int PRIMARY KEY, a int)", "other(a)", "which is neither the primary key")]
    [InlineData("CREATE VIEW other AS SELECT 1 AS other_id", "other", "other(column, …)")]
    [InlineData("CREATE VIEW other AS SELECT 1 AS other_id", "other(id)", "has no column 'id'")]
    [InlineData("CREATE VIEW other AS SELECT 1 AS other_id FROM item", "other(other_id)", "two rows with one key (other_id)")]
    [InlineData("CREATE VIEW other AS SELECT NULL::int AS other_id", "other(other_id)", "whose key (other_id) is NULL")]
    [InlineData("CREATE VIEW other AS SELECT item_id / (item_id - 2) AS other_id FROM item", "other(other_id)", "(22012)")]
    [InlineData("CREATE TABLE other (id text PRIMARY KEY); INSERT INTO other VALUES (repeat('k', 513))", "other", "longer than 512 bytes")]
    [InlineData("CREATE TABLE other (id int PRIMARY KEY, t regclass)", "other", "regclass")]
    [InlineData("CREATE TABLE other (id int PRIMARY KEY, t regtype[])", "other", "regtype")]
    [InlineData("SELECT 1", "other", "There is no table 'other' in the schema 'public'")]
    [InlineData("CREATE SEQUENCE other", "other", "There is no table 'other' in the schema 'public'")]
    [InlineData("CREATE TABLE other (id int PRIMARY KEY); CREATE TABLE child () INHERITS (other); INSERT INTO other VALUES (1); INSERT INTO child VALUES (1)", "other", "two rows with one key (id)")]
    public async Task A_table_that_can_t_be_extracted_is_named_and_the_others_go_on(string sql, string listed, string fault)
    {
        await using var scene = await ExtractScene.CreateAsync($"{ExtractScene.Items} {sql}");

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync($"{listed}, item"));

        Assert.Contains(fault, Assert.Single(failure.Failures).Cause.Message, StringComparison.Ordinal);
        Assert.Equal("other", failure.Failures[0].Subject);
        Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
    }

    [Fact]
    public async Task A_duplicate_that_comes_into_an_inheritance_child_with_a_delete_in_the_same_run_is_an_error()
    {
        await using var scene = await ExtractScene.CreateFollowedAsync();
        await scene.ExecuteAsync("CREATE TABLE child () INHERITS (item)");
        await scene.RunAsync();

        await scene.ExecuteAsync("INSERT INTO child VALUES (33, 'double'); DELETE FROM item WHERE item_id = 70");

        Assert.Contains("two rows with one key", (await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_star_means_every_table_that_has_a_key_but_those_that_are_left_out()
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            {ExtractScene.Items}
            CREATE TABLE second (a int NOT NULL UNIQUE);
            CREATE TABLE without_key (a int);
            CREATE TABLE left_out (a int PRIMARY KEY);
            CREATE TABLE parted (a int PRIMARY KEY) PARTITION BY RANGE (a);
            CREATE TABLE part PARTITION OF parted DEFAULT;
            CREATE VIEW seen AS SELECT 1 AS a;
            """);

        var summary = await scene.RunAsync("*, !left_out, seen(a)");

        Assert.Equal(["item", "parted", "second", "seen"], summary.Tables.Select(table => table.Table.Value).Order(StringComparer.Ordinal));
    }
}
