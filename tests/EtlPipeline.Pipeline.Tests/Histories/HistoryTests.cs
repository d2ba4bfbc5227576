using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>
/// Random histories of writers, faults and runs. One that fails is made small and printed as a command that repeats it; such histories become
/// cases here.
/// </summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const string Variable = "ETL_HISTORY";
    private static readonly TimeSpan MostShrinking = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Whatever_happens_the_warehouse_is_what_the_source_was_and_says_since_when()
    {
        var watch = Stopwatch.StartNew();
        var (compared, waiting) = (0, 0);
        for (var seed = ProofSize.FirstHistory; seed < ProofSize.FirstHistory + ProofSize.Histories; seed++)
        {
            var history = History.Of(seed);
            if (await FaultAfterAsync(history, counts => (compared, waiting) = (compared + counts.Compared, waiting + counts.Waiting)) is { } fault)
                await FailAsync(seed, history, fault);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ProofSize.Histories} histories from seed {ProofSize.FirstHistory}, {ProofSize.Histories / watch.Elapsed.TotalMinutes:F0} a minute; a target was compared whole {compared} times, {waiting} times it was not complete."));
    }

    /// <summary>Every action of a writer works: what can't be done in a history is left out of it in silence, and that must not be all there is.</summary>
    [Theory]
    [MemberData(nameof(WritersActions))]
    public async Task Every_action_of_a_writer_arrives_by_itself(string name) =>
        Assert.Null(await FaultAfterAsync(History.Parse($"{name}:4 run:1 commit-late:0 run:1 {name}:6 run:1")));

    public static TheoryData<string> WritersActions() =>
        [.. HistoryAction.All.Where(action => action.Kind is not StepKind.Run and not StepKind.Lake).Select(action => action.Name)];

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_history_that_is_named_is_right(string history) => Assert.Null(await FaultAfterAsync(History.Parse(history)));

    /// <summary>The history of the environment, or those that failed once.</summary>
    public static TheoryData<string> Named() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } history ? [history] : [.. FailedOnce.Histories];

    private async Task FailAsync(int seed, History history, string fault)
    {
        output.WriteLine($"seed {seed}: {history}\n{fault}");
        var small = await Shrinking.MakeSmallAsync(history, async candidate => await FaultAfterAsync(candidate) is { }, MostShrinking);
        Assert.Fail($"""
            seed {seed}, commit {Commit()}: {fault}
            {Variable}='{small}' dotnet run --project tests/EtlPipeline.Pipeline.Tests -- --filter-method "*{nameof(A_history_that_is_named_is_right)}*"
            """);
    }

    private static async Task<string?> FaultAfterAsync(History history, Action<(int Compared, int Waiting)>? count = null)
    {
        await using var pipeline = await PipelineHistory.BeginAsync();
        var taken = "the first run";
        try
        {
            foreach (var step in history.Steps)
            {
                taken = step.ToString();
                await pipeline.TakeAsync(step);
            }

            taken = "the end";
            await pipeline.EndAsync();
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.SkipException)
        {
            return $"after {taken}: {exception.Message}{(exception is WrongWarehouseException ? string.Empty : $"\n{exception}")}";
        }

        count?.Invoke(pipeline.Auditor.Counts);
        return null;
    }

    private static string? Commit() => typeof(HistoryTests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
