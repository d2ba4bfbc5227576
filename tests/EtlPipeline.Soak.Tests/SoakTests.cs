using EtlPipeline.Soak.Pipelines;
using EtlPipeline.Soak.Reports;
using EtlPipeline.Soak.Verdicts;
using EtlPipeline.Testing.Lambda;
using Spectre.Console;

namespace EtlPipeline.Soak.Tests;

/// <summary>The soak itself: short by default, as long as the command's if <c>ETL_PROOFS=long</c>.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int FewSchedules = 12;

    private static readonly SoakOptions Options = Environment.GetEnvironmentVariable("ETL_PROOFS") == "long"
        ? new SoakOptions()
        : new SoakOptions { Schedules = FewSchedules, Scale = 0.01 };

    [Fact]
    public async Task In_one_process_nothing_piles_up()
    {
        await using var pipeline = await OneProcess.StartAsync();
        await AssertIsFlatAsync(pipeline);
    }

    [Fact]
    public async Task In_function_processes_nothing_piles_up()
    {
        await using var pipeline = await FunctionProcesses.StartAsync(FunctionExecutable.Find);
        await AssertIsFlatAsync(pipeline);
    }

    private async Task AssertIsFlatAsync(IScheduledPipeline pipeline)
    {
        ProcFileSystem.RequireIt();
        var outcome = await new SoakRun(pipeline, Options, _ => { }).RunAsync(TestContext.Current.CancellationToken);
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;
        new SoakReport(console, Options.Schedules).Show(outcome);
        output.WriteLine(text.ToString());
        Assert.Empty(Verdict.FindFaults(outcome));
    }
}
