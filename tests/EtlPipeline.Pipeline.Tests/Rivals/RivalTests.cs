using EtlPipeline.Pipeline.Tests.Histories;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Rivals;

/// <summary>The strategies of the field on the histories that the pipeline is proved with.</summary>
public sealed class RivalTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Every_rival_loses_doubles_or_keeps_stale_rows()
    {
        var sums = new Dictionary<string, Wrong>(StringComparer.Ordinal);
        for (var seed = 0; seed < ProofSize.Histories; seed++)
        {
            foreach (var (rival, wrong) in await RunAsync(History.Of(seed))) sums[rival] = sums.GetValueOrDefault(rival, Wrong.None) + wrong;
        }

        output.WriteLine($"| strategy | rows lost | doubled | stale | wrong histories of {ProofSize.Histories} |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (rival, wrong) in sums) output.WriteLine($"| {rival} | {wrong.Lost} | {wrong.Doubled} | {wrong.Stale} | {wrong.Histories} |");
        Assert.All(sums.Values, wrong => Assert.True(wrong.Histories > 0));
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
}
