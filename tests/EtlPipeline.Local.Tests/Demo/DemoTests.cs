using System.Diagnostics;
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
        Assert.DoesNotContain("error:", first.Error, StringComparison.Ordinal);
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
    public async Task Whoever_asks_for_the_demo_gets_it_and_its_server_is_started_if_it_was_stopped()
    {
        await LocalCall.RunAsync(_folder.Path);
        await LocalCall.RunAsync(_folder.Path, "stop");

        var status = await LocalProcess.RunAsync(_folder.Path, new Dictionary<string, string> { ["NO_COLOR"] = "1" }, "demo", "status", "--json");
        using var document = JsonDocument.Parse(status.Output);
        var tables = document.RootElement.GetProperty("tables").EnumerateArray().ToList();
        var sales = tables.Single(table => table.GetProperty("table").GetString() == "sales_order");

        Assert.Equal((0, ""), (status.ExitCode, status.Error));
        Assert.EndsWith("(demo)", document.RootElement.GetProperty("places").GetString(), StringComparison.Ordinal);
        Assert.True(document.RootElement.GetProperty("isUpToDate").GetBoolean());
        Assert.Equal(sales.GetProperty("ingestedVersion").GetString(), sales.GetProperty("loadedVersion").GetString());
        var demo = await DemoDatabases.OpenAsync(Folder);
        Assert.Equal(await demo.CountAsync(DemoServer.Totesys, "sales_order"), sales.GetProperty("sourceRows").GetInt64());
        Assert.Equal(await demo.CountAsync(DemoServer.Warehouse, "sales_order_current"), sales.GetProperty("warehouseRows").GetInt64());

        var table = await LocalCall.RunAsync(_folder.Path, "status", "--demo");
        Assert.Contains("Everything extracted is in the warehouse.", table.Output, StringComparison.Ordinal);
        Assert.EndsWith("(demo)", table.Lines[0], StringComparison.Ordinal);
        Assert.Equal(0, (await LocalCall.RunAsync(_folder.Path, "demo", "replay", "--table", "staff")).ExitCode);
        Assert.Equal(0, (await LocalCall.RunAsync(_folder.Path, "demo", "check")).ExitCode);
    }

    [Fact]
    public async Task The_demo_is_not_worked_on_unless_it_is_asked_for()
    {
        new DemoFolder(Folder.Root).Prepare();

        var call = await LocalCall.RunAsync(_folder.Path, "status");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("demo status", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Starting a private")]
    [InlineData("Filling totesys")]
    [InlineData("19:00: the pipeline catches up")]
    public async Task Ctrl_C_at_a_terminal_reaches_every_program_of_the_demo_and_the_next_call_goes_on(string when)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows can't send Ctrl-C to a group of processes.");
        var (process, group) = await LocalProcess.StartInGroupAsync(_folder.Path, "demo");
        using (process)
        {
            await process.ReadToAsync(when);
            using (var interrupt = Process.Start("kill", ["-INT", "--", $"-{group}"])) await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
            var interrupted = await process.EndAsync();
            Assert.True(interrupted.ExitCode == 130, interrupted.Output + interrupted.Error);
        }

        var call = await LocalCall.RunAsync(_folder.Path, "demo");

        Assert.True(call.ExitCode == 0, call.Output + call.Error);
        await (await DemoDatabases.OpenAsync(Folder)).AssertWarehouseFollowedAsync();
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
