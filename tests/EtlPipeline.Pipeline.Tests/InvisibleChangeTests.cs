using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;

namespace EtlPipeline.Pipeline.Tests;

/// <summary>A row changes and nothing tells: neither <c>last_updated</c> nor its transaction id. The daily round finds it, and says that it had been missed.</summary>
public sealed class InvisibleChangeTests
{
    private static readonly DateTimeOffset Now = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 9, 2) });

    // heap_force_freeze overwrites the id of the transaction that wrote a row (PostgreSQL, pg_surgery).
    private const string ChangeInvisibly = """
        UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 3 = 0;
        CREATE EXTENSION pg_surgery;
        SELECT heap_force_freeze('sales_order', array_agg(ctid)) FROM sales_order WHERE sales_order_id % 3 = 0;
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_that_left_no_trace_is_found_by_the_round_mended_and_counted()
    {
        await using var pipeline = await TestPipeline.CreateAsync();
        Assert.SkipUnless(
            await pipeline.Database.ScalarAsync<bool>("SELECT count(*) > 0 FROM pg_available_extensions WHERE name = 'pg_surgery'"),
            "The server has no extension pg_surgery, which the change is made with.");
        await using var connection = await pipeline.Database.OpenAsync();
        await TotesysDatabase.FillAsync(connection, History, Now, Token);
        await pipeline.RunAsync();

        await pipeline.Database.ExecuteAsync(ChangeInvisibly);
        var changed = await pipeline.Database.ScalarAsync<long>("SELECT count(*) FROM sales_order WHERE sales_order_id % 3 = 0");
        Assert.Empty((await pipeline.ExtractAsync()).Versions);

        pipeline.Sources = source => new AlteredSource(source, point => point with { TakenAt = point.TakenAt.AddHours(24) });
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
        Assert.Equal(changed, await pipeline.Warehouse.ScalarAsync<long>("SELECT sum(corrections)::bigint FROM warehouse.etl_load"));
    }
}
