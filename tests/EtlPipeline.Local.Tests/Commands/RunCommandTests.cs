using System.Diagnostics;
using System.Globalization;

namespace EtlPipeline.Local.Tests.Commands;

public sealed class RunCommandTests
{
    [Fact]
    public async Task A_row_goes_all_the_way_in_one_call_that_says_from_where_to_where()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);

        var call = await LocalProcess.RunAsync(scene.Folder.Path, scene.Variables, "run");

        Assert.Equal("", call.Error);
        Assert.Equal(0, call.ExitCode);
        Assert.DoesNotContain('\e', call.Output);
        Assert.StartsWith($"{scene.Totesys.Settings.Database} on ", call.Output, StringComparison.Ordinal);
        Assert.Contains($"→ {scene.Warehouse.Settings.Database} on ", call.Lines[0], StringComparison.Ordinal);
        Assert.Equal("GBP", await scene.Warehouse.ScalarAsync<string>("SELECT currency_code FROM dim_currency"));
    }

    [Fact]
    public async Task A_second_call_finds_nothing_to_do()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");

        var call = await scene.CallAsync("run");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("nothing changed", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_stage_could_not_do_is_an_error_and_is_done_by_the_next_call()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);

        var failed = await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");
        var repeated = await scene.CallAsync("run");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error: load", failed.Error, StringComparison.Ordinal);
        Assert.Contains("not_there", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failed.Error, StringComparison.Ordinal);
        Assert.Equal(0, repeated.ExitCode);
        Assert.Equal("GBP", await scene.Warehouse.ScalarAsync<string>("SELECT currency_code FROM dim_currency"));
    }

    [Fact]
    public async Task A_source_that_is_down_does_not_keep_what_lies_in_the_lake_from_the_warehouse()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");

        var call = await scene.CallWithAsync("TOTE_SYS_DB_DB", "gone", "run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("error: extract", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error: load", call.Error, StringComparison.Ordinal);
        Assert.Equal(1L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
    }

    [Fact]
    public async Task Rows_that_are_rejected_make_the_exit_code_2_until_they_are_mended()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency + ";" + PipelineScene.InsertUnknownCurrency);

        var call = await scene.CallAsync("run");
        var again = await scene.CallAsync("run");
        await scene.Totesys.ExecuteAsync("UPDATE currency SET currency_code = 'USD' WHERE currency_id = 77");
        var mended = await scene.CallAsync("run");

        Assert.Equal((2, 2, 0), (call.ExitCode, again.ExitCode, mended.ExitCode));
        Assert.Contains("1 row is rejected", call.Error, StringComparison.Ordinal);
        Assert.Contains("such as 77: column 'currency_code': no code of ISO 4217", call.Error, StringComparison.Ordinal);
        Assert.Equal(2L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
    }

    [Fact]
    public async Task One_table_is_carried_alone()
    {
        await using var scene = await PipelineScene.CreateAsync(
            PipelineScene.InsertCurrency + "; INSERT INTO payment_type (payment_type_name, created_at, last_updated) VALUES ('SALES_RECEIPT', now(), now())");

        var call = await scene.CallAsync("run", "--table", "dim_currency");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(1L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
        Assert.False(Directory.Exists(Path.Combine(scene.Folder.Path, "ingestion", "payment_type")));
    }

    [Fact]
    public async Task A_table_that_is_not_listed_is_an_error_that_names_the_nearest()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallAsync("run", "--table", "curency");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("Did you mean 'currency'?", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_has_lost_most_of_its_rows_is_refused_with_the_command_that_accepts_it()
    {
        await using var scene = await PipelineScene.CreateAsync(
            "INSERT INTO design (design_name, file_location, file_name, last_updated) SELECT 'n' || i, '/', 'f', now() FROM generate_series(1, 10) AS i");
        await scene.CallAsync("run");
        await scene.Totesys.ExecuteAsync("DELETE FROM design WHERE design_id > 2");

        var refused = await scene.CallAsync("run");
        var status = await scene.CallAsync("status");
        var mistyped = await scene.CallAsync("run", "--accept-deletes", "desing");
        var accepted = await scene.CallAsync("run", "--accept-deletes", "design");

        Assert.Equal(1, refused.ExitCode);
        Assert.Matches("call `dotnet run --project [^`]* -- run --accept-deletes design`, or invoke Extract", refused.Error);
        Assert.Contains("The last Extract that did all its work ended", status.Output, StringComparison.Ordinal);
        Assert.Equal((1, true), (mistyped.ExitCode, mistyped.Error.Contains("Did you mean 'design'?", StringComparison.Ordinal)));
        Assert.DoesNotContain("nothing changed", mistyped.Output, StringComparison.Ordinal);
        Assert.Equal(0, accepted.ExitCode);
        Assert.Equal(2L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_design_history WHERE valid_to IS NULL"));
    }

    [Fact]
    public async Task Log_lines_are_JSON_on_standard_error_for_whoever_asks_for_them()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);

        var call = await scene.CallAsync("run", "--verbose");

        Assert.Equal(0, call.ExitCode);
        Assert.All(call.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{\"time\":", line, StringComparison.Ordinal));
        Assert.Contains("dim_currency", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_read_from_the_file_in_development()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        var lines = scene.Variables.Select(setting => $"{setting.Key}={setting.Value}");
        await File.WriteAllLinesAsync(Path.Combine(scene.Folder.Path, ".env"), lines, TestContext.Current.CancellationToken);

        var call = await LocalCall.RunAsync(scene.Folder.Path, new Dictionary<string, string> { ["WHAT_ENV"] = "dev" }, "run");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(1L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
    }

    [Theory]
    [InlineData("warehouse", 0)]
    [InlineData("not_there", 1)]
    public async Task Ctrl_C_ends_the_runs_and_the_exit_code_tells_whether_all_went_well(string name, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows can't send Ctrl-C to one process.");
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        if (name == "not_there") scene.Variables["WAREHOUSE_DB_DB"] = name;
        using var process = LocalProcess.Start(scene.Folder.Path, scene.Variables, "run", "--every", "1s");

        await process.ReadToAsync("run 3");
        using (var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        var call = await process.EndAsync();

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains("Ended after", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_at_an_interval_in_which_nothing_happened_is_one_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows can't send Ctrl-C to one process.");
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        using var process = LocalProcess.Start(scene.Folder.Path, scene.Variables, "run", "--every", "1s");

        await process.ReadToAsync("run 3");
        using (var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = (await process.EndAsync()).Lines;

        var second = Array.FindIndex(lines, line => line.Contains("run 2", StringComparison.Ordinal));
        Assert.Contains("nothing changed", lines[second], StringComparison.Ordinal);
        Assert.Contains("run 3", lines[second + 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_make_tables_is_told_by_what_says_which_grant_is_missing()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await using var role = await TestRole.CreateAsync(scene.Warehouse, scene.Variables, "WAREHOUSE");

        var run = await scene.CallAsync("run");
        var check = await scene.CallAsync("check");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(" -- check` says which right the role lacks", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains($"GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"{role.Name}\";", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_in_the_place_of_a_bucket_is_told_how_to_be_written()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallWithAsync("AWS_INGEST_BUCKET", "./lake/ingestion", "run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("write file:./lake/ingestion", call.Error, StringComparison.Ordinal);
    }
}
