using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The help, followed by examples and exit codes, or by the explanation of a command.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples (from the repository: dotnet run --project src/EtlPipeline.Local -- …):
          etl                         the demo: a database, a lake and a warehouse on this machine, and a simulated day in them
          etl init                    asks for your databases and buckets, tests each answer, and writes .env
          etl check                   looks at everything that has to be right before the first run, and says what to do
          etl run                     the pipeline once, against the databases and buckets in the settings
          etl run --every 5m          the same every five minutes, until Ctrl-C
          etl status --json           how far each table has come, as a JSON document
          etl reconcile               compares the warehouse with the source, row by row
          etl rejected                the rows that could not be carried, with reasons
          etl query "SELECT …"        SQL over the warehouse, and over the lake as lake.{table}
          etl replay --table staff    reads a whole table again and mends what differs
          etl report                  an HTML page of what is in the warehouse

        Exit codes:
          0  all right                   2  all right, but rows are rejected
          1  failed, or something is wrong   3  the command line was not understood
          4  unconfirmed (reconcile --no-wait)   130  interrupted
        """;

    /// <summary>Adds the examples to the help of a command.</summary>
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
