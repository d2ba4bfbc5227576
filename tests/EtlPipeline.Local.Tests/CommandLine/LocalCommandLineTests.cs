using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.CommandLine;

public sealed class LocalCommandLineTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("reconcile")]
    [InlineData("replay")]
    [InlineData("report")]
    public async Task Without_settings_one_error_names_all_of_them_and_says_what_can_be_called(string command)
    {
        var call = await LocalCall.RunAsync(_folder.Path, command);

        Assert.Equal(1, call.ExitCode);
        Assert.Empty(call.Output);
        Assert.Single(call.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, call.Error.Split("AWS_INGEST_BUCKET").Length);
        Assert.Contains("WAREHOUSE_DB_PASSWORD", call.Error, StringComparison.Ordinal);
        Assert.Contains(" init`", call.Error, StringComparison.Ordinal);
        Assert.Contains(" demo`", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run|--every|5m", "run --every 5m")]
    [InlineData("status", "status")]
    [InlineData("reconcile", "reconcile")]
    [InlineData("replay", "replay")]
    [InlineData("report", "report")]
    [InlineData("query|SELECT * FROM staff", "query 'SELECT * FROM staff'")]
    [InlineData("query|SELECT 'a b'", "query \"SELECT 'a b'\"")]
    public async Task A_file_of_settings_that_is_not_read_is_named_with_the_command_that_reads_it(string arguments, string pasted)
    {
        await WriteSettingsAsync("AWS_INGEST_BUCKET=x\n");

        var call = await LocalCall.RunAsync(_folder.Path, arguments.Split('|'));
        var empty = await LocalCall.RunAsync(_folder.Path, new Dictionary<string, string> { ["WHAT_ENV"] = "" }, arguments.Split('|'));

        Assert.Equal((1, call.Error), (call.ExitCode, empty.Error));
        Assert.Contains(Path.Combine(_folder.Path, ".env"), call.Error, StringComparison.Ordinal);
        Assert.Contains("WHAT_ENV", call.Error, StringComparison.Ordinal);
        Assert.EndsWith($" {pasted}", call.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_there_and_not_complete_are_named_one_a_line()
    {
        var variables = new Dictionary<string, string> { ["AWS_INGEST_BUCKET"] = "x", ["WAREHOUSE_DB_PASSWORD"] = "" };

        var call = await LocalCall.RunAsync(_folder.Path, variables, "status");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("error: AWS_PROCESS_BUCKET is missing", call.Error, StringComparison.Ordinal);
        Assert.Contains("error: WAREHOUSE_DB_PASSWORD is empty", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_environment_is_one_error()
    {
        var call = await LocalCall.RunAsync(_folder.Path, new Dictionary<string, string> { ["WHAT_ENV"] = "production" }, "run");

        Assert.Equal((1, "error: WHAT_ENV is malformed: the environment, dev or prod"), (call.ExitCode, call.Error.Trim()));
    }

    [Fact]
    public async Task A_line_of_the_file_that_can_not_be_read_is_named()
    {
        await WriteSettingsAsync("AWS_INGEST_BUCKET x\n");

        var call = await LocalCall.RunAsync(_folder.Path, new Dictionary<string, string> { ["WHAT_ENV"] = "dev" }, "status");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("error: Line 1 of ", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_trace_is_shown_to_whoever_asks_for_it()
    {
        var call = await LocalCall.RunAsync(_folder.Path, "run", "--verbose");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("   at ", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown", "Unrecognized command or argument 'unknown'")]
    [InlineData("sttaus", "Did you mean 'status'?")]
    [InlineData("run --evrey 5m", "Did you mean '--every'?")]
    [InlineData("run --every 5x", "'5x' isn't an interval")]
    [InlineData("replay --table a-b", "'a-b' isn't a table name")]
    [InlineData("replay --table staff --full", "choose one")]
    [InlineData("run --s3-endpoint ftp://host", "'ftp://host' isn't an http or https URL")]
    [InlineData("lake show staff --at yesterday", "'yesterday' isn't a version")]
    [InlineData("describe --format xml", "'xml'")]
    public async Task A_command_line_that_is_not_understood_begins_nothing(string arguments, string error)
    {
        var call = await LocalCall.RunAsync(_folder.Path, arguments.Split(' '));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains(error, call.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_help_has_examples_and_exit_codes()
    {
        var call = await LocalProcess.RunAsync(_folder.Path, "--help");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("run --every 5m", call.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_written_alone()
    {
        var call = await LocalProcess.RunAsync(_folder.Path, "--version");

        Assert.Equal(0, call.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", call.Output);
    }

    [Theory]
    [InlineData("status --demo")]
    [InlineData("demo status")]
    [InlineData("demo lake show staff")]
    public async Task A_demo_that_is_asked_for_and_not_there_is_an_error(string arguments)
    {
        var call = await LocalCall.RunAsync(_folder.Path, arguments.Split(' '));

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("There is no demo in", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("reset")]
    public async Task Without_a_demo_nothing_is_ended_or_deleted(string command)
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

    private Task WriteSettingsAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.Path, ".env"), text, TestContext.Current.CancellationToken);
}
