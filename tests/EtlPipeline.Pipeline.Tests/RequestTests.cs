using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing;

namespace EtlPipeline.Pipeline.Tests;

/// <summary>The requests by which .ci/cost/table.mjs works out what a month costs are those that the stages make of S3.</summary>
public sealed class RequestTests
{
    private static readonly JsonElement Costs =
        JsonDocument.Parse(File.ReadAllText(RepositoryFolder.Find(Path.Combine(".ci", "cost", "measured.json")))).RootElement.GetProperty("requests");

    [Fact]
    public async Task The_table_of_costs_counts_the_requests_of_a_quiet_run_of_a_sweep_and_of_the_versions_of_a_run()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await pipeline.RunAsync(new ExtractRequest { IsFull = true }); // a table has more than one version of the last two days
        var count = new RequestCount();
        pipeline.Storage = store => new PricedStore(store, count);

        await pipeline.ExtractAsync();
        var run = count.Take();
        await pipeline.SweepAsync();
        var sweep = count.Take();
        var one = await FollowAsync(pipeline, count, "UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = 1", versions: 1);
        var four = await FollowAsync(
            pipeline,
            count,
            """
            UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = 1;
            UPDATE purchase_order SET item_quantity = item_quantity + 1 WHERE purchase_order_id = 1;
            UPDATE payment SET paid = NOT paid WHERE payment_id = 1;
            UPDATE design SET file_name = file_name || '1' WHERE design_id = 1
            """,
            versions: 4);

        Assert.Equal((Of("extract"), Of("sweep")), (run, sweep));
        Assert.Equal((Of("load").PutOrList + Of("version").PutOrList, Of("load").Get + Of("version").Get), one);
        Assert.Equal(Of("load").PutOrList + (4 * Of("version").PutOrList), four.PutOrList);
        Assert.InRange(four.Get, Of("load").Get + (3 * Of("version").Get), Of("load").Get + (4 * Of("version").Get)); // a look-up is one request more, or none
    }

    private static (int PutOrList, int Get) Of(string what) => (Costs.GetProperty(what).GetProperty("putOrList").GetInt32(), Costs.GetProperty(what).GetProperty("get").GetInt32());

    /// <summary>What the versions of a run cost beyond what a quiet run does.</summary>
    private static async Task<(int PutOrList, int Get)> FollowAsync(TestPipeline pipeline, RequestCount count, string change, int versions)
    {
        await pipeline.ExtractAsync();
        var quiet = count.Take();
        await pipeline.Database.ExecuteAsync(change);
        var summary = await pipeline.ExtractAsync();
        Assert.Equal(versions, summary.Versions.Count);
        await pipeline.DrainAsync();
        var (putOrList, get) = count.Take();
        return (putOrList - quiet.PutOrList, get - quiet.Get);
    }
}
