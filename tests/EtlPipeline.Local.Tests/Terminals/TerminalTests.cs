using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Tests.Terminals;

public sealed class TerminalTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Markup_in_a_heading_is_text()
    {
        var terminal = Plain();

        terminal.WriteHeading("[bold]");
        terminal.WriteNote("[grey]");

        Assert.Contains("[bold]", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', _output.ToString());
    }

    [Fact]
    public void Settings_are_named_one_a_line_and_each_once()
    {
        ErrorMessage.Write(Plain(), new InvalidSettingsException(["A is missing", "A is missing", "B is malformed"]));

        Assert.Equal(["error: A is missing", "error: B is malformed"], ErrorLines());
    }

    [Fact]
    public void Failures_of_a_run_are_named_one_a_table_and_each_once()
    {
        var stage = new StageFailedException("load", [new TableFailure("dim_staff", new PipelineException("it is broken"))]);

        ErrorMessage.Write(Plain(), new RunFailedException([new InvocationFailure("load", stage), new InvocationFailure("load", stage)]));

        Assert.Equal(["error: load: dim_staff: it is broken"], ErrorLines());
    }

    [Fact]
    public void An_error_that_nobody_wrote_for_readers_says_how_to_see_more()
    {
        ErrorMessage.Write(Plain(), new InvalidOperationException("odd"));

        Assert.Equal(["error: odd", "Call it again with --verbose to see where this came from."], ErrorLines());
    }

    [Theory]
    [InlineData("sttaus", "status")]
    [InlineData("recncile", "reconcile")]
    [InlineData("STATUS", "status")]
    [InlineData("xyz", null)]
    public void The_nearest_name_is_meant_if_it_is_near(string mistyped, string? meant) =>
        Assert.Equal(meant, Suggestion.Nearest(mistyped, ["status", "run", "reconcile"]));

    private Terminal Plain() => new(_output, _error, isPlain: true, isVerbose: false);

    private string[] ErrorLines() => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
