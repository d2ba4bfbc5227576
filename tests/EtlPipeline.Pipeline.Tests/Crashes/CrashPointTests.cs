using EtlPipeline.Core.Failures;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>
/// A run is a sequence of effects: calls of the buckets, messages to the database. Whichever of them it is killed at, what AWS does next
/// (the same event again, the next schedule, a sweep) makes the warehouse right.
/// </summary>
public sealed class CrashPointTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2024, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 6, 3) });

    // One change of each kind, in tables with and without a look-up.
    private const string Changes = """
        UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = (SELECT max(sales_order_id) FROM sales_order);
        UPDATE payment SET paid = NOT paid, last_updated = clock_timestamp() WHERE payment_id = (SELECT max(payment_id) FROM payment);
        UPDATE address SET phone = phone || '1' WHERE address_id = (SELECT max(legal_address_id) FROM counterparty);
        DELETE FROM purchase_order WHERE item_code = 'PROOF';
        INSERT INTO purchase_order
        SELECT 100000 + (SELECT count(*) FROM oracle.seen), created_at, last_updated, staff_id, counterparty_id, 'PROOF', item_quantity, item_unit_price,
               currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id
        FROM purchase_order ORDER BY purchase_order_id LIMIT 1;
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CrashSide.Before)]
    [InlineData(CrashSide.After)]
    public async Task Wherever_a_run_is_killed_the_next_ones_make_the_warehouse_right(CrashSide side)
    {
        await using var pipeline = await FilledAsync();
        var crash = new CrashSwitch();
        await using var proxy = new MortalProxy(pipeline.Settings, crash);
        (pipeline.Settings, pipeline.Storage) = (proxy.Settings, store => new MortalStore(store, crash));
        await pipeline.RunAsync();
        var recorded = await RecordAsync(pipeline, crash);

        var tried = 0;
        for (var at = side == CrashSide.Before ? 0 : 1; at < recorded; at += ProofSize.CrashPointStep, tried++)
        {
            await KillAsync(pipeline, crash, at, side);
            await RecoverAsync(pipeline, crash, isRetry: tried % 2 == 0);
            Assert.True(await IsRightAsync(pipeline), $"killed {side} effect {at} of {recorded}: the warehouse is not right");
        }

        output.WriteLine($"{tried} of {recorded} crash points tried ({side}).");
        Assert.True(tried >= recorded / ProofSize.CrashPointStep);
    }

    /// <summary>How many effects a run has that carries the changes to the warehouse.</summary>
    private static async Task<int> RecordAsync(TestPipeline pipeline, CrashSwitch crash)
    {
        await pipeline.Database.ExecuteAsync(Changes);
        crash.Disarm();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
        Assert.True(crash.Effects > 100, "a run has more effects than that, so some are not counted");
        return crash.Effects;
    }

    private static async Task KillAsync(TestPipeline pipeline, CrashSwitch crash, int at, CrashSide side)
    {
        await pipeline.Database.ExecuteAsync(Changes);
        crash.Set(at, side);
        try
        {
            await pipeline.RunAsync();
        }
        catch (Exception exception) when (exception is KilledException or StageFailedException or DatabaseException)
        {
            // A dead run has nobody to tell.
        }

        Assert.True(crash.IsDead, $"the run ended before effect {at}");
    }

    private static async Task RecoverAsync(TestPipeline pipeline, CrashSwitch crash, bool isRetry)
    {
        crash.Disarm();
        await pipeline.UntilSessionsHaveEndedAsync();
        if (isRetry) await pipeline.DrainAsync();
        await pipeline.ExtractAsync();
        await pipeline.DrainAsync();
        await pipeline.SweepAsync();
    }

    private static async Task<bool> IsRightAsync(TestPipeline pipeline) => (await pipeline.Oracle.FindDifferencesAsync()).Count == 0;

    private static async Task<TestPipeline> FilledAsync()
    {
        var pipeline = await TestPipeline.CreateAsync();
        await using var connection = await pipeline.Database.OpenAsync();
        await TotesysDatabase.FillAsync(connection, History, Now, Token);
        return pipeline;
    }
}
