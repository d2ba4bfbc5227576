using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing.Secrets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Extract.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData("", "There is no table 'other' in the schema 'public'")]
    [InlineData("CREATE SEQUENCE other", "There is no table 'other' in the schema 'public'")]
    [InlineData("CREATE TABLE other (other_id int)", "Table 'other' has no primary key")]
    [InlineData("CREATE VIEW other AS SELECT 1 AS id", "has no column 'other_id'")]
    [InlineData("CREATE VIEW other AS SELECT 1 AS other_id FROM item", "two rows have the same key ('other_id')")]
    [InlineData("CREATE VIEW other AS SELECT NULL::int AS other_id", "a row has NULL in its key ('other_id')")]
    [InlineData("CREATE VIEW other AS SELECT item_id / (item_id - 2) AS other_id FROM item", "(22012)")]
    public async Task A_table_that_can_t_be_extracted_is_named_and_the_others_go_on(string other, string fault)
    {
        await using var scene = await ExtractScene.CreateAsync($"{ExtractScene.Items} {other}");

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("other,item"));

        Assert.Contains(fault, Assert.Single(failure.Failures).Cause.Message, StringComparison.Ordinal);
        Assert.Equal("other", failure.Failures[0].Subject);
        Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
        Assert.Contains("other", Assert.Single(scene.Log.Entries, entry => entry.Level == LogLevel.Error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE other (other_id int PRIMARY KEY)", "GRANT SELECT")]
    [InlineData("CREATE TABLE other (other_id int PRIMARY KEY); GRANT SELECT (other_id) ON other TO reader", "GRANT SELECT")]
    [InlineData("""
        CREATE TABLE other (other_id int PRIMARY KEY);
        INSERT INTO other VALUES (1);
        GRANT SELECT ON other TO reader;
        ALTER TABLE other ENABLE ROW LEVEL SECURITY
        """, "row-level security")]
    [InlineData("""
        CREATE FUNCTION secret() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
        REVOKE EXECUTE ON FUNCTION secret() FROM public;
        CREATE VIEW other AS SELECT secret() AS other_id;
        GRANT SELECT ON other TO reader
        """, "secret")]
    public async Task SELECT_is_all_that_the_role_needs_and_what_it_may_not_see_is_an_error(string other, string fault)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        var role = $"reader_{scene.Database.Settings.Database}";
        await scene.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{PlantedSecret.Password}'; GRANT SELECT ON item TO {role}; {other.Replace("reader", role, StringComparison.Ordinal)}");
        try
        {
            await using var asOwner = scene.Oltp;
            scene.Oltp = new PostgreSqlDatabase(
                scene.Database.Settings with { User = role, Password = PlantedSecret.Password }, PostgreSqlSource.SessionLimits);

            var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other"));

            Assert.Contains(fault, Assert.Single(failure.Failures).Cause.Message, StringComparison.Ordinal);
            Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
            await scene.ExecuteAsync("UPDATE item SET name = 'TWO' WHERE item_id = 2");
            await scene.RunAsync();
            Assert.Single((await scene.NewestAsync()).ChangedRows);
        }
        finally
        {
            await scene.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_table_that_another_session_holds_fails_after_the_lock_timeout_and_the_others_go_on()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "CREATE TABLE other (other_id int PRIMARY KEY)");
        await using var holder = await scene.Database.OpenAsync();
        await using (var command = new NpgsqlCommand("BEGIN; LOCK TABLE other IN ACCESS EXCLUSIVE MODE", holder))
            await command.ExecuteNonQueryAsync(ExtractScene.Token);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("other,item"));

        Assert.Contains("'other' could not be locked", failure.Message, StringComparison.Ordinal);
        Assert.Single(await scene.KeysAsync());
    }

    [Fact]
    public async Task A_session_that_is_lost_ends_the_run_with_nothing_written_and_the_next_run_carries_on()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "CREATE TABLE other (other_id int PRIMARY KEY)");
        await scene.RunAsync("item,other");
        await scene.ExecuteAsync("UPDATE item SET name = 'x' WHERE item_id = 1; INSERT INTO other VALUES (1)");
        var bucket = scene.Bucket;
        scene.Bucket = new FailingBucket(bucket)
        {
            BeforeOpen = key => key.StartsWith("other", StringComparison.Ordinal) ? TerminateAsync(scene) : Task.CompletedTask,
        };
        await scene.ExecuteAsync("DELETE FROM other");

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => scene.RunAsync("item,other", request: new ExtractRequest()));

        Assert.StartsWith(scene.Oltp.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Single(await scene.KeysAsync());
        scene.Bucket = bucket;
        await scene.RunAsync("item,other");
        Assert.Single((await scene.NewestAsync()).ChangedRows);
    }

    [Fact]
    public async Task A_database_that_can_t_be_reached_is_named()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var reachable = scene.Oltp;
        scene.Oltp = new PostgreSqlDatabase(scene.Database.Settings with { Database = "nowhere" }, new SessionOptions());

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => scene.RunAsync());

        Assert.StartsWith("database 'nowhere' on ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_fails_for_one_table_does_not_stop_the_others()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "CREATE TABLE other (other_id int PRIMARY KEY)");
        scene.Bucket = new FailingBucket(scene.Bucket) { FailListsUnder = "other/" };

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("other,item"));

        Assert.IsType<ObjectStoreException>(Assert.Single(failure.Failures).Cause);
        Assert.Single(await scene.KeysAsync());
    }

    [Fact]
    public async Task A_newest_version_that_was_removed_in_the_meantime_fails_its_table()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        var key = (await scene.KeysAsync())[0].Rows;
        scene.Bucket = new FailingBucket(scene.Bucket)
        {
            BeforeOpen = _ =>
            {
                File.Delete(Path.Combine(scene.BucketFolder, key));
                File.Delete(Path.Combine(scene.BucketFolder, ".objects", key + ".entry"));
                return Task.CompletedTask;
            },
        };

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_value_of_a_row_is_logged()
    {
        await using var scene = await ExtractScene.CreateAsync($"""
            CREATE TABLE item (item_id int PRIMARY KEY, name text);
            INSERT INTO item VALUES (1, '{PlantedSecret.Value}');
            CREATE VIEW other AS SELECT name::int AS other_id FROM item;
            """);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other"));

        Assert.DoesNotContain(PlantedSecret.Text, scene.Log.Text + failure.Message, StringComparison.Ordinal);
    }

    private static Task TerminateAsync(ExtractScene scene) => scene.ExecuteAsync(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'etl-pipeline'");
}
