using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.CommandLine;

public sealed class RunCommandTests
{
    private const string InsertCurrency =
        "INSERT INTO currency (currency_code, created_at, last_updated) VALUES ('GBP', now(), now())";

    [Fact]
    public async Task A_row_goes_all_the_way_in_one_call()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(InsertCurrency);

        var call = await LocalProcess.RunAsync(folder.Path, PipelineVariables.Of(totesys, warehouse, folder), "run");

        Assert.Equal("", call.Error);
        Assert.Equal(0, call.ExitCode);
        Assert.DoesNotContain('\e', call.Output);
        Assert.Equal("GBP", await warehouse.ScalarAsync<string>("SELECT currency_code FROM dim_currency"));
    }

    [Fact]
    public async Task What_a_stage_could_not_do_is_an_error_and_is_done_by_the_next_call()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(InsertCurrency);
        var variables = PipelineVariables.Of(totesys, warehouse, folder);
        var withoutWarehouse = new Dictionary<string, string>(variables) { ["WAREHOUSE_DB_DB"] = "not_there" };

        var failed = await LocalCall.RunAsync(folder.Path, withoutWarehouse, "run");
        var repeated = await LocalCall.RunAsync(folder.Path, variables, "run");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error: load", failed.Error, StringComparison.Ordinal);
        Assert.Contains("not_there", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failed.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(folder.Path, "processed", "dim_currency")));
        Assert.Equal(0, repeated.ExitCode);
        Assert.Equal("GBP", await warehouse.ScalarAsync<string>("SELECT currency_code FROM dim_currency"));
    }

    [Fact]
    public async Task A_source_that_is_down_does_not_keep_what_lies_in_the_lake_from_the_warehouse()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(InsertCurrency);
        var variables = PipelineVariables.Of(totesys, warehouse, folder);
        await LocalCall.RunAsync(folder.Path, new Dictionary<string, string>(variables) { ["WAREHOUSE_DB_DB"] = "not_there" }, "run");

        var call = await LocalCall.RunAsync(folder.Path, new Dictionary<string, string>(variables) { ["TOTE_SYS_DB_DB"] = "gone" }, "run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("error: extract", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error: load", call.Error, StringComparison.Ordinal);
        Assert.Equal(1L, await warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
    }

    [Fact]
    public async Task Log_lines_are_JSON_on_standard_error_for_whoever_asks_for_them()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(InsertCurrency);

        var call = await LocalCall.RunAsync(folder.Path, PipelineVariables.Of(totesys, warehouse, folder), "run", "--verbose");

        Assert.Equal(0, call.ExitCode);
        Assert.All(call.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{\"time\":", line, StringComparison.Ordinal));
        Assert.Contains("\"stage\":\"load\"", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_read_from_the_env_file_in_development()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(InsertCurrency);
        var lines = PipelineVariables.Of(totesys, warehouse, folder).Select(setting => $"{setting.Key}={setting.Value}");
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, ".env"), lines, TestContext.Current.CancellationToken);

        var call = await LocalCall.RunAsync(folder.Path, new Dictionary<string, string> { ["WHAT_ENV"] = "dev" }, "run");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(1L, await warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
    }

    [Theory]
    [InlineData("warehouse", 0)]
    [InlineData("not_there", 1)]
    public async Task Ctrl_C_ends_the_rounds_and_the_exit_code_tells_whether_all_went_well(string name, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows can't send Ctrl-C to one process.");
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(InsertCurrency);
        var variables = PipelineVariables.Of(totesys, warehouse, folder);
        if (name == "not_there") variables["WAREHOUSE_DB_DB"] = name;
        using var process = LocalProcess.Start(folder.Path, variables, "run", "--every", "1s");

        await process.ReadToAsync("Round 3");
        using (var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        var call = await process.EndAsync();

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains("Ended after", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", call.Error, StringComparison.Ordinal);
    }
}
