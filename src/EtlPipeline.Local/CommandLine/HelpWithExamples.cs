using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The help, with examples below it, or with what a command needs explained.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples:
          dotnet run --project src/EtlPipeline.Local
              the demo: a database, a lake and a warehouse on this machine, and a simulated day in them
          dotnet run --project src/EtlPipeline.Local -- run
              the pipeline once, against the databases and buckets in the settings
          dotnet run --project src/EtlPipeline.Local -- run --every 5m
              the same every five minutes, until Ctrl-C
          dotnet run --project src/EtlPipeline.Local -- status --json
              how far each table has come, as a JSON document
          dotnet run --project src/EtlPipeline.Local -- reconcile
              compare the warehouse with the source, row by row; exit code 0 only where nothing is wrong
          dotnet run --project src/EtlPipeline.Local -- replay --table staff
              bring one table up to date with what already lies in the buckets
          dotnet run --project src/EtlPipeline.Local -- report --output report.html
              an HTML page of what is in the warehouse
        """;

    /// <summary>Puts the examples below the help of a command.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var more = parseResult.CommandResult.Command switch
        {
            RootCommand => Examples,
            ExplainedCommand command => command.Explanation,
            _ => null,
        };
        if (more is { }) parseResult.InvocationConfiguration.Output.WriteLine(more);
        return exitCode;
    }
}
