using EtlPipeline.Core.Hosting;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing.Proofs;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Pipeline.Tests.ContinuousProof;

/// <summary>Somebody writes to the warehouse by hand. No transaction of the source tells; the daily round mends it, counts it and says so.</summary>
public sealed class TamperedWarehouseTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261128;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The oracle is no oracle if it does not notice either.</summary>
    [Theory]
    [InlineData("UPDATE warehouse.fact_sales_order SET unit_price = unit_price + 0.01 WHERE sales_record_id = (SELECT min(sales_record_id) FROM warehouse.fact_sales_order)")]
    [InlineData("DELETE FROM warehouse.fact_sales_order WHERE sales_record_id = (SELECT max(sales_record_id) FROM warehouse.fact_sales_order)")]
    [InlineData("UPDATE warehouse.dim_staff SET location = location || '!' WHERE staff_id = (SELECT min(staff_id) FROM warehouse.dim_staff)")]
    [InlineData("UPDATE warehouse.fact_payment SET valid_to = now() WHERE payment_record_id = (SELECT min(payment_record_id) FROM warehouse.fact_payment)")]
    [InlineData("INSERT INTO warehouse.etl_rejected (target, key, version, since, reason) VALUES ('fact_payment', '{1}', 'v', 'v', 'none')")]
    public async Task The_oracle_notices(string tampering)
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await pipeline.Warehouse.ExecuteAsync(tampering);

        Assert.NotEmpty(await pipeline.Oracle.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_changed_digit_a_missing_and_an_added_fact_are_mended_by_the_round_and_told_of()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await TamperAsync(pipeline, new Random(FirstSeed));
        await pipeline.RunAsync();
        Assert.NotEmpty(await CurrentDifferencesAsync(pipeline));

        Pass(pipeline, Day);
        await pipeline.RunAsync();

        Assert.Empty(await CurrentDifferencesAsync(pipeline));
        Assert.Equal(3, await CorrectionsAsync(pipeline));
        Assert.Contains(pipeline.Log.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.Contains("fact_sales_order", StringComparison.Ordinal));
        Assert.Contains(
            pipeline.Log.Entries, entry => entry.EventName == EventNames.StageFinished && entry.Message.Contains(" 3 corrections", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whatever_is_altered_the_round_mends_it()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        for (var seed = FirstSeed; seed < FirstSeed + ProofSize.TamperedRounds; seed++)
        {
            var corrections = await CorrectionsAsync(pipeline);
            await TamperAsync(pipeline, new Random(seed));
            Pass(pipeline, Day * (seed - FirstSeed + 1));
            await pipeline.RunAsync();
            Assert.True((await CurrentDifferencesAsync(pipeline)).Count == 0, $"seed {seed}: the warehouse is not right");
            Assert.True(await CorrectionsAsync(pipeline) == corrections + 3, $"seed {seed}: not every correction was counted");
        }

        output.WriteLine($"{ProofSize.TamperedRounds} of {ProofSize.TamperedRounds} rounds mended what had been altered.");
    }

    /// <summary>Changes one digit of a fact, deletes another one, and adds one that the source never had.</summary>
    private static async Task TamperAsync(TestPipeline pipeline, Random random)
    {
        var keys = await pipeline.Warehouse.RowsAsync("SELECT sales_order_id FROM warehouse.sales_order_current ORDER BY 1");
        var chosen = random.GetItems([.. keys.Skip(1)], 1)[0];
        var other = random.GetItems([.. keys.Where(key => key != chosen)], 1)[0];
        string[] changes = ["unit_price = unit_price + 0.01", "units_sold = units_sold + 1", "created_time = created_time + interval '1 microsecond'", "design_id = design_id % 9 + 1"];
        await pipeline.Warehouse.ExecuteAsync($"""
            UPDATE warehouse.fact_sales_order SET {changes[random.Next(changes.Length)]} WHERE sales_order_id = {chosen} AND valid_to IS NULL;
            DELETE FROM warehouse.fact_sales_order WHERE sales_order_id = {other} AND valid_to IS NULL;
            CREATE TEMP TABLE added AS SELECT * FROM warehouse.fact_sales_order WHERE sales_order_id = {chosen} AND valid_to IS NULL;
            UPDATE added SET sales_record_id = -{random.Next(1_000_000)}, sales_order_id = 5000000 + {random.Next(1_000_000)};
            INSERT INTO warehouse.fact_sales_order SELECT * FROM added;
            """);
    }

    private static void Pass(TestPipeline pipeline, TimeSpan time)
    {
        pipeline.Sources = source => new AlteredSource(source, point => point with { TakenAt = point.TakenAt + time });
        pipeline.Clock = new LaterClock(time);
    }

    /// <summary>The newest state; what was altered in the past of the records is beyond repair.</summary>
    private static async Task<IReadOnlyList<string>> CurrentDifferencesAsync(TestPipeline pipeline) =>
        await pipeline.Oracle.CurrentDifferencesAsync("fact_sales_order", await pipeline.CaptureAsync());

    private static Task<long> CorrectionsAsync(TestPipeline pipeline) =>
        pipeline.Warehouse.ScalarAsync<long>("SELECT coalesce(sum(corrections), 0)::bigint FROM warehouse.etl_load");

    private sealed class LaterClock(TimeSpan time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + time;
    }
}
