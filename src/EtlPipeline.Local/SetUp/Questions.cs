using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Terminals;
using Spectre.Console;

namespace EtlPipeline.Local.SetUp;

/// <summary>Asks the reader. Enter gives the answer in brackets.</summary>
/// <param name="terminal">Where the questions are shown.</param>
internal sealed class Questions(Terminal terminal)
{
    /// <summary>Asks until the answer is well-formed.</summary>
    /// <param name="question">The question.</param>
    /// <param name="standard">The answer that Enter gives; null if an answer is required.</param>
    /// <param name="check">Says what is wrong with an answer; null if nothing is.</param>
    /// <exception cref="PipelineException">The input has ended.</exception>
    public string Ask(string question, string? standard, Func<string, string?>? check = null)
    {
        while (true)
        {
            terminal.Write($"{question}{(standard is null ? string.Empty : $" [{standard}]")}: ");
            var answer = Read(terminal.ReadLine()).Trim();
            if (answer.Length == 0) answer = standard ?? string.Empty;
            var fault = answer.Length == 0 ? "An answer is needed." : check?.Invoke(answer);
            if (fault is null) return answer;
            terminal.WriteLine($"  {fault}");
        }
    }

    /// <summary>Asks a yes-or-no question.</summary>
    public bool Confirm(string question, bool standard)
    {
        terminal.Write($"{question} [{(standard ? "Y/n" : "y/N")}]: ");
        var answer = Read(terminal.ReadLine()).Trim();
        return answer.Length == 0 ? standard : answer.StartsWith("y", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Asks for a secret, which the terminal doesn't show.</summary>
    public string AskSecret(string question)
    {
        if (terminal.IsLive && !Console.IsInputRedirected) return new TextPrompt<string>(Markup.Escape($"{question}:")).Secret(null).Show(terminal.Console);
        terminal.Write($"{question}: ");
        return Read(terminal.ReadLine());
    }

    /// <summary>Waits for Enter.</summary>
    public void Wait(string request)
    {
        terminal.Write(request);
        Read(terminal.ReadLine());
    }

    /// <summary>Checks a port.</summary>
    public static string? Port(string answer) =>
        int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? null : "A port is a number from 1 to 65535.";

    /// <summary>Checks a list of tables.</summary>
    public static string? Tables(string answer)
    {
        try
        {
            TableList.Parse(answer);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static string Read(string? line) =>
        line ?? throw new PipelineException("`init` asks questions, and the input has ended. Call it in a terminal, or copy .env.example to .env and fill it in.");
}
