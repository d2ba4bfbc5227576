using System.Runtime.Versioning;

namespace EtlPipeline.Local.Tests.Commands;

/// <summary>What once was a dead end for the reader: each message says what happened, what mends it, and how to have that now.</summary>
public sealed class DeadEndTests
{
    [Fact]
    public async Task A_body_that_was_deleted_from_a_folder_bucket_is_stepped_over_and_mended_by_the_command_of_the_message()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");
        await scene.Totesys.ExecuteAsync("UPDATE currency SET currency_code = 'EUR'");
        await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");
        File.Delete(Find(scene, "processed", "dim_currency", "*.parquet").Max()!);

        var call = await scene.CallAsync("run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("error: Stepped over dim_currency/", call.Error, StringComparison.Ordinal);
        Assert.Contains("gone or damaged", call.Error, StringComparison.Ordinal);
        await AssertMendedAsync(scene, call, "currency", "EUR");
    }

    [Fact]
    public async Task A_lake_whose_only_bodies_were_deleted_begins_again_and_one_line_says_so()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");
        File.Delete(Find(scene, "ingestion", "currency", "*.json.gz").Single());

        var call = await scene.CallAsync("run");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("warning: Table currency: the metadata of version", Assert.Single(call.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("GBP", await scene.Warehouse.ScalarAsync<string>("SELECT currency_code FROM dim_currency"));
    }

    [Fact]
    public async Task A_corrupt_Parquet_says_that_something_has_damaged_it_and_is_mended_by_the_command_of_the_message()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");
        await File.WriteAllTextAsync(Find(scene, "processed", "dim_currency", "*.parquet").Single(), "PAR1 nothing PAR1", TestContext.Current.CancellationToken);

        var call = await scene.CallAsync("run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("something has damaged or replaced the file since Transform wrote it", call.Error, StringComparison.Ordinal);
        await AssertMendedAsync(scene, call, "dim_currency", "GBP");
    }

    [Fact]
    public async Task A_corrupt_newest_JSON_says_so_and_is_mended_by_the_command_of_the_message()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");
        await File.WriteAllTextAsync(Find(scene, "ingestion", "currency", "*.json.gz").Single(), "not gzip", TestContext.Current.CancellationToken);
        Directory.Delete(Path.Combine(scene.Folder.Path, "processed"), recursive: true);

        var call = await scene.CallAsync("run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("can't be transformed, and counts as missing", call.Error, StringComparison.Ordinal);
        await AssertMendedAsync(scene, call, "currency", "GBP");
    }

    [Fact]
    public async Task If_every_row_is_rejected_the_run_says_which_and_why_and_ends_with_2()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertUnknownCurrency);

        var call = await scene.CallAsync("run");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("warning: 1 row is rejected and not in the warehouse. List them: ", call.Error, StringComparison.Ordinal);
        Assert.Contains("  dim_currency: 1 row is rejected, such as 77: ", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("everything is in the warehouse", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_lake_that_can_not_be_written_is_an_error_with_what_mends_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Whoever may do everything may write everywhere.");
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        var locked = Directory.CreateDirectory(Path.Combine(scene.Folder.Path, "locked")).FullName;
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var call = await scene.CallWithAsync("AWS_INGEST_BUCKET", new Uri(Path.Combine(locked, "ingestion")).AbsoluteUri, "run");
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("chmod -R u+w", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_in_the_place_of_a_bucket_is_an_error_that_writes_it_as_it_has_to_be()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallWithAsync("AWS_INGEST_BUCKET", "./lake/ingestion", "run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("file:./lake/ingestion", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loader_that_may_not_make_tables_is_told_the_script_or_the_command_that_says_what_it_lacks()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await using var role = await TestRole.CreateAsync(scene.Warehouse, scene.Variables, "WAREHOUSE");

        var call = await scene.CallAsync("run");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("permission denied for schema public (42501)", call.Error, StringComparison.Ordinal);
        Assert.Contains(" -- check` says which right the role lacks", call.Error, StringComparison.Ordinal);
    }

    private static async Task AssertMendedAsync(PipelineScene scene, LocalCall call, string table, string code)
    {
        Assert.Contains($" -- replay --table {table}`", call.Error, StringComparison.Ordinal);
        Assert.Contains($"{{\"read\": [\"{table}\"]}}", call.Error, StringComparison.Ordinal);
        var replayed = await scene.CallAsync("replay", "--table", table);
        Assert.True(replayed.ExitCode == 0, replayed.Output + replayed.Error);
        Assert.Equal(code, await scene.Warehouse.ScalarAsync<string>("SELECT currency_code FROM dim_currency"));
    }

    private static string[] Find(PipelineScene scene, string bucket, string table, string pattern) =>
        Directory.GetFiles(Path.Combine(scene.Folder.Path, bucket, table), pattern);
}
