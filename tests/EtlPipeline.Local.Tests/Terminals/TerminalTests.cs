using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Tests.Terminals;

public sealed partial class TerminalTests : IDisposable
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
        ErrorMessage.Write(Plain(), new InvalidSettingsException(["A is missing", "A is missing", "B is malformed"]), Hint);

        Assert.Equal(["error: A is missing", "error: B is malformed"], ErrorLines());
    }

    [Fact]
    public void Failures_of_a_run_are_named_one_a_table_and_each_once()
    {
        var stage = new StageFailedException("load", [new TableFailure("dim_staff", new PipelineException("it is broken"))]);

        ErrorMessage.Write(Plain(), new RunFailedException([new InvocationFailure("load", stage), new InvocationFailure("load", stage)]), Hint);

        Assert.Equal(["error: load: dim_staff: it is broken"], ErrorLines());
    }

    [Fact]
    public void An_error_that_nobody_wrote_for_readers_says_how_to_see_more()
    {
        ErrorMessage.Write(Plain(), new InvalidOperationException("odd"), Hint);

        Assert.Equal(["error: odd", "Call it again with --verbose to see where this came from."], ErrorLines());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(80)]
    public void No_end_of_a_heading_is_cut_off(int width)
    {
        new Terminal(_output, _error, isPlain: false, isVerbose: false, width).WriteHeading("Tuesday: new orders, a delete; and a transaction is open at noon");

        var text = Colours().Replace(_output.ToString(), string.Empty);
        Assert.Contains("a transaction is open at noon", string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
    }

    [Theory]
    [InlineData("to have it now: `replay --table staff`, or wait", "to have it now: `etl replay --table staff`, or wait")]
    [InlineData("call `replay`.", "call `etl replay`.")]
    [InlineData("`running` and `run_all` are words", "`running` and `run_all` are words")]
    public void A_command_in_a_message_can_be_pasted(string message, string shown) => Assert.Equal(shown, PasteableCommands.In(message, Hint));

    [Theory]
    [InlineData("sttaus", "status")]
    [InlineData("recncile", "reconcile")]
    [InlineData("STATUS", "status")]
    [InlineData("xyz", null)]
    public void The_nearest_name_is_meant_if_it_is_near(string mistyped, string? meant) =>
        Assert.Equal(meant, Suggestion.Nearest(mistyped, ["status", "run", "reconcile"]));

    [GeneratedRegex(@"\x1b\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();

    private static string Hint(string arguments) => $"etl {arguments}";

    private Terminal Plain() => new(_output, _error, isPlain: true, isVerbose: false);

    private string[] ErrorLines() => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
