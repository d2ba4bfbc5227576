using Spectre.Console;

namespace EtlPipeline.Local.Terminals;

/// <summary>Where a command writes: what it was asked for on standard output, errors and log lines on standard error.</summary>
internal sealed class Terminal
{
    private const int WidthOfPlainText = 160;

    private readonly TextWriter _output;

    /// <summary>Makes a terminal.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isPlain">Whether standard output takes text alone, without colours and movements.</param>
    /// <param name="isVerbose">Whether the reader wants log lines and stack traces.</param>
    public Terminal(TextWriter output, TextWriter error, bool isPlain, bool isVerbose)
    {
        _output = output;
        Error = error;
        IsPlain = isPlain;
        IsVerbose = isVerbose;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isPlain) Console.Profile.Width = WidthOfPlainText;
    }

    /// <summary>Standard output, for what is laid out to its width.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether standard output takes text alone: it is redirected, or <c>NO_COLOR</c> is set (https://no-color.org).</summary>
    public bool IsPlain { get; }

    /// <summary>Whether the reader wants log lines and stack traces.</summary>
    public bool IsVerbose { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(bool isVerbose) => new(
        System.Console.Out,
        System.Console.Error,
        System.Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        isVerbose);

    /// <summary>Writes a line that is not broken at the terminal's width, so that it can be copied.</summary>
    public void WriteLine(string line = "") => _output.WriteLine(line);

    /// <summary>Writes a heading.</summary>
    public void WriteHeading(string heading)
    {
        WriteLine();
        if (IsPlain) WriteLine(heading);
        else Console.Write(new Rule($"[bold]{Markup.Escape(heading)}[/]") { Justification = Justify.Left, Style = Style.Parse("grey") });
    }

    /// <summary>Writes a line of less weight.</summary>
    public void WriteNote(string note)
    {
        if (IsPlain) WriteLine(note);
        else Console.MarkupLine($"[grey]{Markup.Escape(note)}[/]");
    }

    /// <summary>Does something that takes a while, under a spinner.</summary>
    public async Task<T> WaitForAsync<T>(string activity, Func<Task<T>> action)
    {
        if (!IsPlain && !IsVerbose) return await Console.Status().StartAsync(Markup.Escape(activity), _ => action());
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
}
