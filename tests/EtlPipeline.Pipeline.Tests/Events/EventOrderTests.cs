using System.IO.Compression;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Events;

public sealed class EventOrderTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261125;
    private const int Rounds = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_whatever_order_events_come_doubled_or_lost_the_warehouse_becomes_right()
    {
        for (var seed = FirstSeed; seed < FirstSeed + ProofSize.EventSchedules; seed++)
        {
            await using var pipeline = await SmallCompany.OpenAsync(isLarge: seed % 2 == 0);
            var schedule = new EventSchedule(pipeline, new Random(seed));
            for (var round = 0; round < Rounds; round++)
            {
                await LiveADayAsync(pipeline, round);
                await pipeline.CaptureAsync();
                await Task.WhenAll(pipeline.ExtractAsync(), pipeline.ExtractAsync());
                await schedule.DeliverSomeAsync();
            }

            await schedule.DeliverAllAsync();
            if (schedule.HasLostAny) await pipeline.SweepAsync();
            await pipeline.AssertIsRightAsync($"seed {seed}", beganLate: true);
        }

        output.WriteLine($"{ProofSize.EventSchedules} schedules of events, from seed {FirstSeed}.");
    }

    /// <summary>What the poisoned version held is brought again by the next reading. Until then nobody is told that the target is right.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[{\"sales_order_id\": 1}, {\"sales_or")]
    [InlineData("{\"not\": \"an array\"}")]
    public async Task A_poison_version_between_good_ones_is_told_of_and_made_up_for(string poison)
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await ChangeAndExtractAsync(pipeline, "max(sales_order_id)");
        await PoisonAsync(Path.Combine(pipeline.Folder, "ingestion", Ingestion(pipeline).NewestOf("sales_order", VersionKey.RowsSuffix)!), poison);
        await pipeline.DrainAsync();
        Assert.Equal(["unreadable|t"], await pipeline.Warehouse.RowsAsync("""
            SELECT outcome, t.verified_through < l.version
            FROM warehouse.etl_load AS l JOIN warehouse.etl_target AS t USING (target, version) WHERE target = 'fact_sales_order'
            """));

        await ChangeAndExtractAsync(pipeline, "min(sales_order_id)");
        await pipeline.DrainAsync();

        await AssertIsVerifiedAsync(pipeline);
    }

    [Fact]
    public async Task A_version_that_is_gone_before_it_was_transformed_is_made_up_for_by_the_next()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await ChangeAndExtractAsync(pipeline, "min(sales_order_id)");
        var lost = Ingestion(pipeline).NewestOf("sales_order", VersionKey.RowsSuffix)!;
        await ChangeAndExtractAsync(pipeline, "max(sales_order_id)");
        Ingestion(pipeline).Lose(lost);

        await pipeline.SweepAsync();

        await AssertIsVerifiedAsync(pipeline);
    }

    [Fact]
    public async Task A_load_that_is_overtaken_while_it_fetches_a_version_changes_nothing()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        for (var change = 0; change < 2; change++) await ChangeAndExtractAsync(pipeline, "max(sales_order_id)");
        await pipeline.TransformAsync(new StageEvent.Sweep());
        pipeline.Storage = store => new HookedStore(store, isPut: false, "fact_sales_order/", async () =>
        {
            pipeline.Storage = plain => plain;
            await pipeline.LoadAsync(new StageEvent.Sweep());
        });

        await pipeline.LoadAsync(new StageEvent.Sweep());

        await pipeline.AssertIsRightAsync();
    }

    private static async Task ChangeAndExtractAsync(TestPipeline pipeline, string order)
    {
        await pipeline.Database.ExecuteAsync(
            $"UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = (SELECT {order} FROM sales_order)");
        await pipeline.CaptureAsync();
        await pipeline.ExtractAsync();
    }

    /// <summary>A small table is read whole, so that what was lost before is made up for.</summary>
    private static async Task AssertIsVerifiedAsync(TestPipeline pipeline)
    {
        Assert.Empty(await pipeline.Oracle.CurrentDifferencesAsync("fact_sales_order", await pipeline.CaptureAsync()));
        Assert.True(await pipeline.Warehouse.ScalarAsync<bool>("SELECT verified_through = version FROM warehouse.etl_target WHERE target = 'fact_sales_order'"));
    }

    private static LakeFolder Ingestion(TestPipeline pipeline) => new(Path.Combine(pipeline.Folder, "ingestion"));

    private static async Task PoisonAsync(string path, string text)
    {
        await using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), Token);
    }

    private static Task LiveADayAsync(TestPipeline pipeline, int day) =>
        pipeline.LiveAsync(SmallCompany.History, SmallCompany.Now.AddDays(day), SmallCompany.Now.AddDays(day + 1));
}
