using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using Spectre.Console;

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
    public void Markup_in_a_value_is_text()
    {
        var terminal = Plain();
        var table = TableStyle.Create(terminal, "name");
        table.AddRow(Cell.Of("[red]x[/]"));

        terminal.Console.Write(table);
        terminal.WriteHeading("[bold]");
        terminal.WriteNote("[grey]");

        Assert.Contains("[red]x[/]", _output.ToString(), StringComparison.Ordinal);
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
    public void Failures_of_a_round_are_named_one_a_table_and_each_once()
    {
        var stage = new StageFailedException("load", [new TableFailure("dim_staff", new PipelineException("it is broken"))]);

        ErrorMessage.Write(Plain(), new RoundFailedException([new InvocationFailure("load", stage), new InvocationFailure("load", stage)]));

        Assert.Equal(["error: load: dim_staff: it is broken"], ErrorLines());
    }

    [Fact]
    public void An_error_that_nobody_wrote_for_readers_says_how_to_see_more()
    {
        ErrorMessage.Write(Plain(), new InvalidOperationException("odd"));

        Assert.Equal(["error: odd", "Call it again with --verbose to see where this came from."], ErrorLines());
    }

    private Terminal Plain() => new(_output, _error, isPlain: true, isVerbose: false);

    private string[] ErrorLines() => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
