using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Crashes;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Pipeline.Tests.Histories;

namespace EtlPipeline.Pipeline.Tests.Museum;

/// <summary>The tool's position moves without the rows, or means something else than it did.</summary>
public sealed class PositionTests
{
    private const string Change = "UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = (SELECT min(sales_order_id) FROM sales_order)";

    /// <summary>
    /// toluaina/pgsync issue 268: the checkpoint is set before the changes are read and written; the process crashes, and on resuming large
    /// chunks of data are missing.
    /// </summary>
    [Theory]
    [InlineData(CrashSide.Before)]
    [InlineData(CrashSide.After)]
    public async Task A_run_that_dies_at_any_put_has_moved_no_position_past_a_row(CrashSide side)
    {
        await using var pipeline = await OpenAsync();
        for (var at = 0; at < 4; at++)
        {
            await pipeline.Database.ExecuteAsync(Change);
            var (puts, dying) = (0, at);
            pipeline.Storage = store => new DyingStore(store, () => puts++ == dying, side);
            await Record.ExceptionAsync(() => pipeline.RunAsync());
            pipeline.Storage = store => store;

            await pipeline.RunAsync();
            await pipeline.SweepAsync();
            await AssertCurrentAsync(pipeline);
        }
    }

    /// <summary>
    /// apache/seatunnel pull request 11864: a row that is committed between the savepoint and the restore is skipped, and the position is
    /// confirmed beyond it.
    /// </summary>
    [Fact]
    public async Task A_row_that_commits_between_a_killed_run_and_the_next_arrives()
    {
        await using var pipeline = await OpenAsync();
        await pipeline.Database.ExecuteAsync(Change);
        var puts = 0;
        pipeline.Storage = store => new DyingStore(store, () => puts++ == 1, CrashSide.After);
        await Record.ExceptionAsync(() => pipeline.RunAsync());
        pipeline.Storage = store => store;
        await pipeline.Database.ExecuteAsync("UPDATE payment SET paid = NOT paid WHERE payment_id = (SELECT max(payment_id) FROM payment)");

        await pipeline.RunAsync();
        await pipeline.SweepAsync();

        await AssertCurrentAsync(pipeline);
    }

    /// <summary>
    /// supabase/etl pull request 935: a new slot begins at position 40, the old progress says 100, and the greater one is taken: what lies between
    /// is skipped.
    /// </summary>
    [Fact]
    public async Task A_source_that_begins_anew_at_a_lower_position_is_read_as_a_whole()
    {
        await using var history = await PipelineHistory.BeginAsync();
        foreach (var step in History.Parse("update:1 run:0 replace-database:0 update-silently:2 delete:3 run:0").Steps) await history.TakeAsync(step);

        await history.EndAsync();
    }

    /// <summary>
    /// debezium/debezium pull request 3970 (DBZ-5739): the slot is gone and made again; the connector goes on from its own position, and what
    /// happened in between is lost in silence.
    /// </summary>
    [Fact]
    public async Task A_lost_state_is_noticed_and_what_happened_meanwhile_arrives()
    {
        await using var pipeline = await OpenAsync();
        new LakeFolder(Path.Combine(pipeline.Folder, "ingestion")).Empty();
        await pipeline.Database.ExecuteAsync(Change);
        await pipeline.ChangeAsync();

        await pipeline.RunAsync();

        await pipeline.AssertIsRightAsync();
    }

    private static async Task<TestPipeline> OpenAsync()
    {
        var pipeline = await SmallCompany.OpenAsync(isLarge: true);
        await pipeline.RunAsync();
        return pipeline;
    }

    /// <summary>The newest state alone: a killed run has no stamp to be asked for.</summary>
    private static async Task AssertCurrentAsync(TestPipeline pipeline)
    {
        var snapshot = await pipeline.CaptureAsync();
        foreach (var target in (string[])["fact_sales_order", "fact_payment", "dim_staff"]) Assert.Empty(await pipeline.Oracle.CurrentDifferencesAsync(target, snapshot));
    }

    /// <summary>A bucket that dies at a put, before or after it.</summary>
    private sealed class DyingStore(IObjectStore store, Func<bool> dies, CrashSide side) : StoreDecorator(store)
    {
        public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
        {
            var isDying = dies();
            if (isDying && side == CrashSide.Before) throw new KilledException();
            var isWritten = await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
            return isDying ? throw new KilledException() : isWritten;
        }
    }
}
