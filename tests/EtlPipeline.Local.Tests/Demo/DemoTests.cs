using System.Text.Json;
using EtlPipeline.Local.Demo;
using EtlPipeline.PostgreSqlServers;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Demo;

public sealed class DemoTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    private DemoFolder Folder => new(Path.Combine(_folder.Path, ".local"));

    public ValueTask InitializeAsync()
    {
        var isMissing = PostgreSqlBinaries.Find() is null;
        Assert.SkipWhen(isMissing && Environment.GetEnvironmentVariable("CI") is null, "The demo's server needs an installed PostgreSQL here.");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await LocalCall.RunAsync(_folder.Path, "reset");
        _folder.Dispose();
    }

    [Fact]
    public async Task A_demo_leaves_a_right_warehouse_and_every_later_call_lives_a_day_more()
    {
        var first = await LocalCall.RunAsync(_folder.Path);
        Assert.Equal("", first.Error);
        Assert.Equal(0, first.ExitCode);
        Assert.DoesNotContain('\e', first.Output);
        Assert.Contains("silent update", first.Output, StringComparison.Ordinal);
        var demo = await DemoDatabases.OpenAsync(Folder);
        Assert.Contains(demo.PsqlCommand, first.Output, StringComparison.Ordinal);
        await demo.AssertWarehouseFollowedAsync();
        Assert.Equal(new DateTime(2024, 12, 31, 19, 0, 0, DateTimeKind.Utc), await demo.ReadMomentAsync());

        Assert.Contains("is stopped", (await LocalCall.RunAsync(_folder.Path, "stop")).Output, StringComparison.Ordinal);
        Assert.Contains("was not running", (await LocalCall.RunAsync(_folder.Path, "stop")).Output, StringComparison.Ordinal);

        var second = await LocalCall.RunAsync(_folder.Path, "demo");
        Assert.Equal(0, second.ExitCode);
        await demo.AssertWarehouseFollowedAsync();
        Assert.Equal(new DateTime(2025, 1, 1, 19, 0, 0, DateTimeKind.Utc), await demo.ReadMomentAsync());

        Assert.Equal(0, (await LocalCall.RunAsync(_folder.Path, "reset")).ExitCode);
        Assert.False(Directory.Exists(Folder.Root));
    }

    [Fact]
    public async Task Status_and_replay_work_on_the_demo_and_start_its_server_where_it_is_stopped()
    {
        await LocalCall.RunAsync(_folder.Path);
        await LocalCall.RunAsync(_folder.Path, "stop");

        var status = await LocalProcess.RunAsync(_folder.Path, new Dictionary<string, string> { ["NO_COLOR"] = "1" }, "status", "--json");
        using var document = JsonDocument.Parse(status.Output);
        var tables = document.RootElement.GetProperty("tables").EnumerateArray().ToList();
        var sales = tables.Single(table => table.GetProperty("table").GetString() == "sales_order");

        Assert.Equal(0, status.ExitCode);
        Assert.Equal("", status.Error);
        Assert.True(document.RootElement.GetProperty("isUpToDate").GetBoolean());
        Assert.Equal(12, tables.Count);
        Assert.Equal(sales.GetProperty("ingestedVersion").GetString(), sales.GetProperty("loadedVersion").GetString());
        var demo = await DemoDatabases.OpenAsync(Folder);
        Assert.Equal(await demo.CountAsync(DemoServer.Totesys, "sales_order"), sales.GetProperty("sourceRows").GetInt64());
        Assert.Equal(await demo.CountAsync(DemoServer.Warehouse, "fact_sales_order"), sales.GetProperty("warehouseRows").GetInt64());

        var table = await LocalCall.RunAsync(_folder.Path, "status");
        Assert.Contains("Everything extracted is in the warehouse.", table.Output, StringComparison.Ordinal);
        var replay = await LocalCall.RunAsync(_folder.Path, "replay", "--table", "staff");
        Assert.Equal(0, replay.ExitCode);
    }

    [Fact]
    public async Task Two_demos_at_once_live_two_days()
    {
        var calls = await Task.WhenAll(
            LocalProcess.RunAsync(_folder.Path, "demo"), LocalProcess.RunAsync(_folder.Path, "demo"));

        Assert.All(calls, call => Assert.Equal(0, call.ExitCode));
        Assert.Contains(calls, call => call.Error.Contains("Another demo works", StringComparison.Ordinal));
        var demo = await DemoDatabases.OpenAsync(Folder);
        Assert.Equal(new DateTime(2025, 1, 1, 19, 0, 0, DateTimeKind.Utc), await demo.ReadMomentAsync());
        await demo.AssertWarehouseFollowedAsync();
    }

    [Theory]
    [InlineData("Filling totesys")]
    [InlineData("12:30")]
    public async Task A_killed_demo_is_taken_up_by_the_next_call(string when)
    {
        using (var killed = LocalProcess.Start(_folder.Path, new Dictionary<string, string>(), "demo"))
        {
            await killed.ReadToAsync(when);
            await killed.KillAsync();
        }

        var call = await LocalCall.RunAsync(_folder.Path, "demo");

        Assert.Equal(0, call.ExitCode);
        var demo = await DemoDatabases.OpenAsync(Folder);
        Assert.Equal(new DateTime(2024, 12, 31, 19, 0, 0, DateTimeKind.Utc), await demo.ReadMomentAsync());
        await demo.AssertWarehouseFollowedAsync();
    }
}
