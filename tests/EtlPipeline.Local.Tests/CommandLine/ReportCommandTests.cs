using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.CommandLine;

public sealed class ReportCommandTests
{
    [Theory]
    [InlineData("report.html")]
    [InlineData("new folder/page.html", "--output", "new folder/page.html")]
    public async Task The_page_is_written_below_the_current_folder_and_its_path_is_told(string file, params string[] options)
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();

        var call = await LocalCall.RunAsync(folder.Path, PipelineVariables.Of(totesys, warehouse, folder), ["report", .. options]);

        var path = Path.Combine(folder.Path, file);
        Assert.Equal("", call.Error);
        Assert.Equal($"The report lies in {path}{Environment.NewLine}", call.Output);
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "taken"));

        var call = await LocalCall.RunAsync(folder.Path, PipelineVariables.Of(totesys, warehouse, folder), "report", "--output", "taken");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains($"can't be written to {Path.Combine(folder.Path, "taken")}", call.Error, StringComparison.Ordinal);
        Assert.Contains("--output", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_that_is_not_there_is_named_and_nothing_is_written()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        var variables = PipelineVariables.Of(totesys, warehouse, folder);
        variables["WAREHOUSE_DB_DB"] = "not_there";

        var call = await LocalCall.RunAsync(folder.Path, variables, "report");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("not_there", call.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "report.html")));
    }
}
