using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Publication;

/// <summary>A run may die between any two puts, and its last put may arrive late.</summary>
public sealed class CrashTests
{
    private const string Changes = """
        UPDATE item SET name = 'other' WHERE item_id IN (15, 35); DELETE FROM item WHERE item_id IN (8, 55); INSERT INTO item VALUES (0, 'low'), (101, 'high')
        """;

    [Fact]
    public async Task After_a_death_between_any_two_puts_the_next_run_makes_it_right()
    {
        for (var puts = 0; ; puts++)
        {
            await using var scene = await ExtractScene.CreateReadAsync();
            await scene.ExecuteAsync(Changes);
            var isDead = await RunAndDieAsync(scene, puts);
            await scene.ExecuteAsync("UPDATE item SET name = 'later' WHERE item_id = 35");

            await scene.RunAsync();

            await scene.AssertRightAsync();
            Assert.Empty((await scene.RunAsync()).Versions);
            if (!isDead) break;
        }
    }

    [Fact]
    public async Task A_first_load_that_dies_between_any_two_puts_repeats_one_chunk_at_most()
    {
        for (var puts = 0; puts < 12; puts += 3)
        {
            await using var scene = await ExtractScene.CreateFollowedAsync();
            await RunAndDieAsync(scene, puts);
            var read = (await scene.VersionsAsync()).Sum(version => version.Metadata.Rows);

            var summary = await scene.RunAsync();

            Assert.Equal(100, read + summary.Versions.Sum(version => version.Rows));
            await scene.AssertRightAsync();
        }
    }

    [Fact]
    public async Task A_dead_runs_version_that_arrives_late_has_the_table_read()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var bucket = scene.Bucket;
        (string Key, byte[] Body, ObjectMetadata Metadata)? late = null;
        scene.Bucket = new FailingBucket(bucket)
        {
            TakePut = (key, body, metadata) =>
            {
                if (!key.EndsWith(VersionKey.RowsSuffix, StringComparison.Ordinal)) return false;
                late = (key, body, metadata);
                throw new IOException("The process dies.");
            },
        };
        await scene.ExecuteAsync("UPDATE item SET name = 'stale' WHERE item_id = 5");
        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());
        scene.Bucket = bucket;
        await scene.ExecuteAsync("UPDATE item SET name = 'fresh' WHERE item_id = 5");
        await scene.RunAsync();

        Assert.True(await bucket.PutIfAbsentAsync(late!.Value.Key, new MemoryStream(late.Value.Body), late.Value.Metadata, ExtractScene.Token));
        var versions = (await scene.RunAsync()).Versions;

        Assert.Contains(versions, version => version.Reason == VersionReason.Repair);
        await scene.AssertRightAsync();
        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task The_stamps_of_a_run_come_after_all_older_objects_even_a_dead_runs_segments()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var ahead = new TableVersion(DateTimeOffset.UtcNow.AddDays(1));
        await scene.Bucket.PutIfAbsentAsync(new VersionKey(TableName.Parse("item"), ahead).Segments, new MemoryStream([1]), ObjectMetadata.Empty, ExtractScene.Token);

        await scene.ExecuteAsync(Changes);
        var summary = await scene.RunAsync();

        Assert.Equal(ahead.Next, summary.RunStamp);
        Assert.Equal(ahead.Next, summary.Versions[0].Version);
        Assert.All(await scene.VersionsAsync(), version => Assert.True(version.Metadata.RunStamp <= version.Key.Version));
        await scene.AssertRightAsync();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_no_failure_and_another_runs_object_is_one()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var bucket = scene.Bucket;
        scene.Bucket = new FailingBucket(bucket) { DenyPutsUnder = "item/" };
        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id = 5");
        await scene.RunAsync();
        await scene.AssertRightAsync();

        scene.Bucket = new FailingBucket(bucket)
        {
            BeforePut = async key =>
            {
                if (key.EndsWith(VersionKey.RowsSuffix, StringComparison.Ordinal))
                    await bucket.PutIfAbsentAsync(key, new MemoryStream([1]), new ObjectMetadata { { "run", "another" } }, ExtractScene.Token);
            },
        };
        await scene.ExecuteAsync("UPDATE item SET name = 'again' WHERE item_id = 5");
        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());
        Assert.Contains("was written by another run", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watermark_is_written_last_and_only_if_nothing_failed()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var first = await scene.TextAsync("timestamp");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\z", first);

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,missing"));
        Assert.Equal(first, await scene.TextAsync("timestamp"));

        await scene.RunAsync();
        Assert.NotEqual(first, await scene.TextAsync("timestamp"));
    }

    [Fact]
    public async Task A_run_that_had_no_time_for_a_table_does_not_call_it_complete_and_leaves_the_watermark()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var first = await scene.TextAsync("timestamp");
        await scene.ExecuteAsync("UPDATE item SET name = 'again' WHERE item_id = 5");

        var summary = await scene.RunAsync(invocation: scene.WithLooks(0));
        Assert.False(Assert.Single(summary.Tables).IsComplete);
        Assert.Equal(first, await scene.TextAsync("timestamp"));

        Assert.True(Assert.Single((await scene.RunAsync()).Tables).IsComplete);
        Assert.NotEqual(first, await scene.TextAsync("timestamp"));
    }

    /// <summary>Runs until so many objects were put; false if there were no more.</summary>
    private static async Task<bool> RunAndDieAsync(ExtractScene scene, int puts)
    {
        var bucket = scene.Bucket;
        scene.Bucket = new FailingBucket(bucket) { BeforePut = _ => puts-- > 0 ? Task.CompletedTask : throw new OperationCanceledException("The process dies.") };
        try
        {
            await scene.RunAsync();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        finally
        {
            scene.Bucket = bucket;
        }
    }
}
