using System.CommandLine;
using EtlPipeline.Soak.Pipelines;
using EtlPipeline.Soak.Reports;
using EtlPipeline.Testing.Lambda;
using Spectre.Console;

namespace EtlPipeline.Soak;

/// <summary>The command line.</summary>
internal sealed class SoakCommand(IAnsiConsole console)
{
    private const string OrdinaryBuild = "build";

    private readonly Option<int> _schedules = new("--schedules")
    {
        Description = "How many schedules are run; 12 or more.",
        DefaultValueFactory = _ => new SoakOptions().Schedules,
    };

    private readonly Option<double> _scale = new("--scale")
    {
        Description = "The size of the source, where 1 is the real database's.",
        DefaultValueFactory = _ => new SoakOptions().Scale,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Which rows the writers choose.",
        DefaultValueFactory = _ => new SoakOptions().Seed,
    };

    private readonly Option<string?> _functions = new("--functions")
    {
        Description = "Run the three functions as processes: the folder that src/Functions.proj fills, or 'build' for the ordinary build.",
        HelpName = "folder",
    };

    public RootCommand Define()
    {
        var command = new RootCommand("Runs schedule after schedule with writers on, and shows that nothing piles up.")
        {
            _schedules, _scale, _seed, _functions,
        };
        command.Validators.Add(result =>
        {
            if (!OperatingSystem.IsLinux()) result.AddError("The soak looks into /proc, which only Linux has.");
            if (result.GetResult(_schedules) is { } && result.GetValue(_schedules) < 12) result.AddError("--schedules is 12 or more.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    /// <returns>The exit code: 0 if all is well.</returns>
    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new SoakOptions
        {
            Schedules = parsed.GetValue(_schedules),
            Scale = parsed.GetValue(_scale),
            Seed = parsed.GetValue(_seed),
        };
        var report = new SoakReport(console, options.Schedules);
        await using var pipeline = await StartAsync(parsed.GetValue(_functions));
        return report.Show(await new SoakRun(pipeline, options, report.Show).RunAsync(cancellationToken)) ? 0 : 1;
    }

    private static async Task<IScheduledPipeline> StartAsync(string? functions) => functions switch
    {
        null => await OneProcess.StartAsync(),
        OrdinaryBuild => await FunctionProcesses.StartAsync(FunctionExecutable.FindManaged),
        var folder => await FunctionProcesses.StartAsync(stage => FunctionExecutable.FindNative(Path.GetFullPath(folder), stage)),
    };
}
