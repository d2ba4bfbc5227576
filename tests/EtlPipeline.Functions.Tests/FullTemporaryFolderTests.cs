using EtlPipeline.Functions.Tests.Processes;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;

namespace EtlPipeline.Functions.Tests;

public sealed class FullTemporaryFolderTests
{
    private const string DiskFull = "No space left on device";
    private const int LittleRoom = 4 << 10;

    [Fact]
    public Task Extract_says_that_the_temporary_folder_is_full_and_goes_on_when_there_is_room() =>
        TryAsync("Extract", _ => Task.FromResult("{}"u8.ToArray()));

    [Fact]
    public Task Transform_says_that_the_temporary_folder_is_full_and_goes_on_when_there_is_room() => TryAsync("Transform", async lake =>
    {
        await RunAsync("Extract", lake, "{}"u8.ToArray());
        return await Lake.NotificationAsync(lake.Ingestion);
    });

    [Fact]
    public Task Load_says_that_the_temporary_folder_is_full_and_goes_on_when_there_is_room() => TryAsync("Load", async lake =>
    {
        await RunAsync("Extract", lake, "{}"u8.ToArray());
        await RunAsync("Transform", lake, "{}"u8.ToArray());
        return await Lake.NotificationAsync(lake.Processed);
    });

    /// <param name="stage">The function whose temporary folder is full.</param>
    /// <param name="prepareAsync">Brings the lake to where the function takes over, and gives the event for it.</param>
    private static async Task TryAsync(string stage, Func<Lake, Task<byte[]>> prepareAsync)
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        await using var lake = await Lake.CreateAsync();
        await lake.Source.ExecuteAsync(Sales.Open);
        await lake.Source.ExecuteAsync(Sales.Sell(1, 20_000));
        var payload = await prepareAsync(lake);
        await using var function = FunctionRun.Start(stage, [.. lake.Environment, new("TMPDIR", disk.Path), new("DOTNET_EnableDiagnostics", "0")]);
        await function.Api.InvokeAsync("{");
        var before = await DescribeAsync(lake);
        await disk.FillUpAsync(LittleRoom);

        var outcome = await function.Api.InvokeAsync(payload);

        Assert.Contains(DiskFull, outcome.Message, StringComparison.Ordinal);
        Assert.Equal("Error", (await function.Log.WaitForAsync(DiskFull)).GetProperty("level").GetString());
        Assert.Equal(before, await DescribeAsync(lake));
        disk.MakeRoom();
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
        Assert.Equal(0, disk.Used);

        Chain.AssertDone(await function.Api.InvokeAsync(payload));
        foreach (var later in new[] { "Transform", "Load" }) await RunAsync(later, lake, "{}"u8.ToArray());
        Assert.Equal(20_000, await lake.Warehouse.ScalarAsync<long>("SELECT count(*) FROM sales_order_current"));
        Assert.Equal(0, disk.Used);
    }

    private static async Task RunAsync(string stage, Lake lake, byte[] payload)
    {
        await using var function = FunctionRun.Start(stage, lake.Environment);
        Chain.AssertDone(await function.Api.InvokeAsync(payload));
    }

    /// <summary>All that is there of the orders: objects, and records in the warehouse.</summary>
    private static async Task<string> DescribeAsync(Lake lake)
    {
        var keys = (await Lake.KeysAsync(lake.Ingestion)).Concat(await Lake.KeysAsync(lake.Processed));
        var isLoaded = await lake.Warehouse.ScalarAsync<bool>("SELECT to_regclass('fact_sales_order') IS NOT NULL");
        var records = isLoaded ? await lake.Warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales_order") : 0;
        return $"{string.Join(' ', keys.Where(key => key.Contains("sales_order", StringComparison.Ordinal)))} {records}";
    }
}
