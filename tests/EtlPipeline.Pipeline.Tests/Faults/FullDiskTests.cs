using EtlPipeline.Core.Hosting;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Pipeline.Tests.Faults;

public sealed class FullDiskTests
{
    private const string DiskFull = "No space left on device";
    private const int LittleRoom = 8 << 10;

    private const string ChangeEveryFact = """
        UPDATE sales_order SET units_sold = units_sold + 1;
        UPDATE purchase_order SET item_quantity = item_quantity + 1;
        UPDATE payment SET paid = NOT paid;
        """;


    [Theory]
    [InlineData("Extract")]
    [InlineData("Transform")]
    public async Task A_bucket_whose_disk_is_full_fails_the_stage_and_what_is_put_is_whole(string stage)
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        await using var pipeline = await TestPipeline.CreateFilledAsync(SmallCompany.History, SmallCompany.Now, new TestFolder(disk.Path));
        await pipeline.RunAsync();
        await pipeline.Database.ExecuteAsync(ChangeEveryFact);
        await pipeline.CaptureAsync();
        if (stage == "Transform") await pipeline.ExtractAsync();
        await disk.FillUpAsync(LittleRoom);

        await AssertFailsAsync(pipeline, stage == "Transform" ? pipeline.DrainAsync : () => pipeline.ExtractAsync());

        Assert.DoesNotContain(
            Directory.EnumerateFiles(pipeline.Folder, "*", SearchOption.AllDirectories), file => file.Contains(".uploads", StringComparison.Ordinal));
        disk.MakeRoom();
        await pipeline.RecoverAsync(isRetry: false);
        await pipeline.AssertIsRightAsync();
    }

    [Fact]
    public async Task A_warehouse_whose_disk_is_full_keeps_what_it_had_until_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 32);
        await using var space = await TestTablespace.CreateAsync(disk);
        await using var pipeline = await SmallCompany.OpenAsync();
        await space.UseForNewTablesAsync(pipeline.Warehouse);
        await pipeline.RunAsync();
        const string newest = "SELECT max(sales_record_id)::bigint FROM warehouse.fact_sales_order";
        var before = await pipeline.Warehouse.ScalarAsync<long>(newest);
        // Enough orders for the new records not to fit into the pages that are there.
        await pipeline.Database.ExecuteAsync("""
            INSERT INTO sales_order
            SELECT 1000000 + number, now(), now(), design_id, staff_id, counterparty_id, number, unit_price, currency_id, agreed_delivery_date,
                   agreed_payment_date, agreed_delivery_location_id
            FROM generate_series(1, 2000) AS number, (SELECT * FROM sales_order LIMIT 1) AS sample
            """);
        await pipeline.CaptureAsync();
        await pipeline.ExtractAsync();
        await disk.FillUpAsync(LittleRoom);

        await AssertFailsAsync(pipeline, pipeline.DrainAsync);

        Assert.Equal(before, await pipeline.Warehouse.ScalarAsync<long>(newest));
        disk.MakeRoom();
        await pipeline.RecoverAsync(isRetry: false);
        await pipeline.AssertIsRightAsync();
    }

    private static async Task AssertFailsAsync(TestPipeline pipeline, Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<StageFailedException>(action);

        Assert.Contains(DiskFull, failure.Message, StringComparison.Ordinal);
        Assert.Contains(pipeline.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains(DiskFull, StringComparison.Ordinal));
        await pipeline.UntilSessionsHaveEndedAsync();
    }
}
