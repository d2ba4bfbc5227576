using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.CommandLine;

public sealed class LocalCommandLineTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Missing_settings_are_all_named_in_one_error_without_a_stack_trace()
    {
        var call = await LocalProcess.RunAsync(_folder.Path, "run");

        Assert.Equal(1, call.ExitCode);
        Assert.Empty(call.Output);
        Assert.Contains("AWS_INGEST_BUCKET is missing", call.Error, StringComparison.Ordinal);
        Assert.Contains("WAREHOUSE_DB_PASSWORD is missing", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", call.Error, StringComparison.Ordinal);
        Assert.Equal(call.Error.Split('\n').Length, call.Error.Split('\n').Distinct().Count());
    }

    [Fact]
    public async Task A_stack_trace_is_shown_to_whoever_asks_for_it()
    {
        var call = await LocalProcess.RunAsync(_folder.Path, "run", "--verbose");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("   at ", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown", "Unrecognized command or argument 'unknown'")]
    [InlineData("run --every 5x", "'5x' is no interval")]
    [InlineData("replay --table a-b", "'a-b' is no table name")]
    [InlineData("replay --table staff --full", "choose one")]
    [InlineData("run --s3-endpoint ftp://host", "'ftp://host' is no http or https URL")]
    public async Task A_command_line_that_is_not_understood_begins_nothing(string arguments, string error)
    {
        var call = await LocalCall.RunAsync(_folder.Path, arguments.Split(' '));

        Assert.Equal(2, call.ExitCode);
        Assert.Contains(error, call.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_help_has_examples()
    {
        var call = await LocalProcess.RunAsync(_folder.Path, "--help");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("run --every 5m", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_written_alone()
    {
        var call = await LocalProcess.RunAsync(_folder.Path, "--version");

        Assert.Equal(0, call.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", call.Output);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("replay")]
    public async Task Without_settings_and_without_a_demo_there_is_nothing_to_work_on(string command)
    {
        var call = await LocalCall.RunAsync(_folder.Path, command);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("Call `demo` first", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("reset")]
    public async Task Where_there_is_no_demo_nothing_is_ended_or_deleted(string command)
    {
        var file = Path.Combine(_folder.Path, "mine");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        var call = await LocalCall.RunAsync(_folder.Path, command, "--folder", _folder.Path);

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("There is no demo", call.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_demo_keeps_out_of_a_folder_that_holds_other_files()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "mine"), "mine", TestContext.Current.CancellationToken);

        var call = await LocalCall.RunAsync(_folder.Path, "demo", "--folder", _folder.Path);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("--folder", call.Error, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
