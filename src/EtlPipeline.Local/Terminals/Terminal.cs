using Spectre.Console;

namespace EtlPipeline.Local.Terminals;

/// <summary>Where a command writes: what it was asked for on standard output, errors and log lines on standard error.</summary>
internal sealed class Terminal
{
    // What a heading's rule needs at either end; it would cut a longer heading off.
    private const int RuleAround = 6;

    private readonly TextWriter _output;

    /// <summary>Makes a terminal.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isPlain">Whether standard output takes only plain text, without colours or animation.</param>
    /// <param name="isVerbose">Whether the reader wants log lines and stack traces.</param>
    /// <param name="width">How many characters a line has; null if lines may have any length, as in a file.</param>
    public Terminal(TextWriter output, TextWriter error, bool isPlain, bool isVerbose, int? width = null)
    {
        (_output, Error) = (output, error);
        (IsPlain, IsVerbose, Width) = (isPlain, isVerbose, width);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        Console.Profile.Width = width ?? int.MaxValue / 2;
    }

    /// <summary>Standard output, for layouts that fit its width.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Standard output, unformatted.</summary>
    public TextWriter Output => _output;

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether standard output takes only plain text because it is redirected or <c>NO_COLOR</c> is set (https://no-color.org).</summary>
    public bool IsPlain { get; }

    /// <summary>Whether the reader wants log lines and stack traces.</summary>
    public bool IsVerbose { get; }

    /// <summary>How many characters a line has; null if lines may have any length.</summary>
    public int? Width { get; }

    /// <summary>Whether live displays may be shown.</summary>
    public bool IsLive => !IsPlain && !IsVerbose;

    /// <summary>Asks for a line of input; null at the end of the input. Set by tests.</summary>
    public Func<string?> ReadLine { get; init; } = System.Console.In.ReadLine;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(bool isVerbose)
    {
        var isRedirected = System.Console.IsOutputRedirected;
        var isPlain = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(System.Console.Out, System.Console.Error, isPlain, isVerbose, isRedirected ? null : ReadWidth());
    }

    /// <summary>Writes a line without wrapping it, so that it can be copied.</summary>
    public void WriteLine(string line = "") => _output.WriteLine(line);

    /// <summary>Writes a text without an end of line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">The style if the terminal has colours.</param>
    public void Write(string text, string style = "default")
    {
        if (IsPlain) _output.Write(text);
        else Console.Write(new Text(text, Style.Parse(style)));
    }

    /// <summary>Writes a heading.</summary>
    public void WriteHeading(string heading)
    {
        WriteLine();
        if (IsPlain || heading.Length > Console.Profile.Width - RuleAround) WriteNote(heading, "bold");
        else Console.Write(new Rule($"[bold]{Markup.Escape(heading)}[/]") { Justification = Justify.Left, Style = Style.Parse("grey") });
    }

    /// <summary>Writes a line in a quieter style, broken between words if the terminal is narrower.</summary>
    public void WriteNote(string note, string style = "grey")
    {
        if (IsPlain) WriteLine(note);
        else Console.MarkupLine($"[{style}]{Markup.Escape(note)}[/]");
    }

    /// <summary>Shows a spinner while something takes a while.</summary>
    public async Task<T> WaitForAsync<T>(string activity, Func<Task<T>> action)
    {
        if (IsLive) return await Console.Status().StartAsync(Markup.Escape(activity), _ => action());
        WriteLine($"{activity} …");
        return await action();
    }

    /// <inheritdoc cref="WaitForAsync{T}"/>
    public Task WaitForAsync(string activity, Func<Task> action) => WaitForAsync(
        activity,
        async () =>
        {
            await action();
            return true;
        });

    private static int? ReadWidth()
    {
        try
        {
            return System.Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
