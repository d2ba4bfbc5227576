using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;

namespace EtlPipeline.Pipeline.Tests.Events;

public sealed class EventOrderTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261125;
    private const int Rounds = 3;
    private static readonly DateTimeOffset Now = new(2024, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 6, 3) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_whatever_order_events_come_doubled_or_lost_the_warehouse_becomes_right()
    {
        for (var seed = FirstSeed; seed < FirstSeed + ProofSize.EventSchedules; seed++)
        {
            await using var pipeline = await FilledAsync();
            var schedule = new EventSchedule(pipeline, new Random(seed));
            for (var round = 0; round < Rounds; round++)
            {
                await LiveADayAsync(pipeline, round);
                await pipeline.Oracle.CaptureAsync();
                await Task.WhenAll(pipeline.ExtractAsync(), pipeline.ExtractAsync());
                await schedule.DeliverSomeAsync();
            }

            await schedule.DeliverAllAsync();
            if (schedule.HasLostAny) await pipeline.SweepAsync();
            Assert.True((await pipeline.Oracle.FindDifferencesAsync()).Count == 0, $"seed {seed}: the warehouse is not right");
        }

        output.WriteLine($"{ProofSize.EventSchedules} schedules of events, from seed {FirstSeed}.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{\"sales_order_id\": 1}, {\"sales_or")]
    [InlineData("{\"not\": \"an array\"}")]
    public async Task A_poison_version_between_good_ones_loses_nothing(string poison)
    {
        await using var pipeline = await FilledAsync();
        await pipeline.RunAsync();
        await LiveADayAsync(pipeline, 0);
        await pipeline.Oracle.CaptureAsync();
        await pipeline.ExtractAsync();
        await File.WriteAllTextAsync(NewestOf(pipeline, "sales_order"), poison, Token);
        await pipeline.DrainAsync();

        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await LiveADayAsync(pipeline, 1);
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }

    private static string NewestOf(TestPipeline pipeline, string table) =>
        Directory.GetFiles(Path.Combine(pipeline.Folder, "ingestion", table), "*.json")
            .Where(file => !file.EndsWith(".deleted.json", StringComparison.Ordinal))
            .Max(StringComparer.Ordinal)!;

    private static async Task LiveADayAsync(TestPipeline pipeline, int day)
    {
        await using var connection = await pipeline.Database.OpenAsync();
        await TotesysDatabase.AdvanceAsync(connection, History, Now.AddDays(day), Now.AddDays(day + 1), Token);
    }

    private static async Task<TestPipeline> FilledAsync()
    {
        var pipeline = await TestPipeline.CreateAsync();
        await using var connection = await pipeline.Database.OpenAsync();
        await TotesysDatabase.FillAsync(connection, History, Now, Token);
        return pipeline;
    }
}
