using EtlPipeline.Pipeline.Tests.Histories;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Rivals;

/// <summary>The strategies of the field on the histories that the pipeline is proved with.</summary>
public sealed class RivalTests(ITestOutputHelper output)
{
    private const string Ours = "this pipeline";

    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Prints the table of <c>docs/guarantees.md</c>. The rivals are spared what the pipeline isn't: a lake that loses objects, runs that are killed or
    /// overlap. It gets a day at the end, in which its round comes to every row, and is never told to read all.
    /// </summary>
    [Fact]
    public async Task Every_rival_loses_doubles_or_keeps_stale_rows_and_the_pipeline_does_not()
    {
        var sums = new Dictionary<string, Wrong>(StringComparer.Ordinal);
        for (var seed = ProofSize.FirstHistory; seed < ProofSize.FirstHistory + ProofSize.Histories; seed++)
        {
            var history = History.Of(seed);
            foreach (var (rival, wrong) in (await RunAsync(history)).Append(new(Ours, await RunPipelineAsync(history))))
                sums[rival] = sums.GetValueOrDefault(rival, Wrong.None) + wrong;
            if (sums[Ours] != Wrong.None) Assert.Fail($"seed {seed}: {sums[Ours]} after {history}");
        }

        output.WriteLine($"| strategy | rows lost | doubled | stale | wrong histories of {ProofSize.Histories} |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (rival, wrong) in sums) output.WriteLine($"| {rival} | {wrong.Lost} | {wrong.Doubled} | {wrong.Stale} | {wrong.Histories} |");
        Assert.All(sums.Where(sum => sum.Key != Ours), sum => Assert.True(sum.Value.Histories > 0, $"{sum.Key} was right in all histories"));
    }

    /// <summary>A history in which nothing happens that they are not made for: no rival is made to look worse than it is.</summary>
    [Fact]
    public async Task A_history_of_inserts_and_honest_updates_is_right_with_every_rival()
    {
        var wrong = await RunAsync(History.Parse("insert:1 run:0 update:3 insert:7 run:0 update:5 pay:1 run:0"));

        Assert.All(wrong.Values, rival => Assert.Equal(Wrong.None, rival));
    }

    [Theory]
    [InlineData("late-insert:1 run:0 insert:4 run:0 commit-late:0", "last_updated", 1, 0)]
    [InlineData("late-insert:1 run:0 run:0 run:0 insert:4 run:0 commit-late:0", "last_updated, lag of 5 minutes", 1, 0)]
    [InlineData("delete:1 run:0", "transaction ids (xmin)", 0, 1)]
    [InlineData("change-key:1 run:0", "transaction ids (xmin)", 0, 1)]
    public async Task Each_rival_fails_where_it_is_said_to(string history, string rival, long lost, long doubled)
    {
        var wrong = (await RunAsync(History.Parse(history)))[rival];

        Assert.Equal((lost, doubled), (wrong.Lost, wrong.Doubled));
    }

    private static async Task<IReadOnlyDictionary<string, Wrong>> RunAsync(History history)
    {
        await using var source = await HistorySource.CreateAsync();
        var run = new RivalHistory(source,
            [new CursorOnLastUpdated("last_updated", TimeSpan.Zero), new CursorOnLastUpdated("last_updated, lag of 5 minutes", Lag), new PlainXmin()]);
        await run.BeginAsync();
        foreach (var step in history.Steps) await run.TakeAsync(step);
        return await run.EndAsync();
    }

    private static async Task<Wrong> RunPipelineAsync(History history)
    {
        await using var pipeline = await PipelineHistory.BeginAsync(isAudited: false);
        foreach (var step in history.Steps) await pipeline.TakeAsync(step);
        return Wrong.Of(await pipeline.EndByTheRoundAsync());
    }
}
