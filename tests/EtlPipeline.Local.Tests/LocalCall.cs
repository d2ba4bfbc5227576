using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Local.Tests;

/// <summary>A call of the command line within the test process, in an environment of its own.</summary>
internal sealed record LocalCall(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split(Environment.NewLine);

    public static Task<LocalCall> RunAsync(string folder, params string[] arguments) => RunAsync(folder, new Dictionary<string, string>(), arguments);

    public static Task<LocalCall> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        AnswerAsync(folder, variables, [], arguments);

    /// <summary>A call that is answered line by line, and has no more input then.</summary>
    public static async Task<LocalCall> AnswerAsync(string folder, IReadOnlyDictionary<string, string> variables, IEnumerable<string> answers, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var lines = new Queue<string>(answers);
        var commandLine = new LocalCommandLine(
            isVerbose => new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), isPlain: true, isVerbose) { ReadLine = () => lines.TryDequeue(out var line) ? line : null },
            new LaunchEnvironment(folder, name => variables.GetValueOrDefault(name)),
            TimeProvider.System);
        var exitCode = await commandLine.InvokeAsync(arguments, TestContext.Current.CancellationToken);
        OutputWatch.See("the command line", output.ToString());
        OutputWatch.See("the command line", error.ToString());
        return new LocalCall(exitCode, output.ToString(), error.ToString());
    }
}
