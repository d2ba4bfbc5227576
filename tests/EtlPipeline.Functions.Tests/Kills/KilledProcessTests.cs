using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Functions.Tests.Kills;

public sealed class KilledProcessTests(ITestOutputHelper output)
{
    private const int Seed = 20261125;

    // The oracle keeps every row of every round, so a chain is given up after a few.
    private const int RoundsOfAChain = 5;

    private const string ChangeEveryFact = """
        UPDATE sales_order SET units_sold = units_sold + 1;
        UPDATE payment SET paid = NOT paid, last_updated = clock_timestamp();
        """;

    private static readonly DateTimeOffset Now = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.3, Start = new DateOnly(2022, 11, 3) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Functions_that_are_killed_at_any_moment_and_started_again_make_the_warehouse_right()
    {
        var (random, kills) = (new Random(Seed), 0);
        for (var rounds = ProofSize.KilledRounds; rounds > 0; rounds -= RoundsOfAChain)
            kills += await KillAsync(random, Math.Min(rounds, RoundsOfAChain));

        output.WriteLine($"{kills} processes killed in {ProofSize.KilledRounds} rounds, seed {Seed}.");
        Assert.True(kills > 0, "every process was done before it was killed, so nothing was tried");
    }

    /// <returns>How many processes were killed at their work.</returns>
    private static async Task<int> KillAsync(Random random, int rounds)
    {
        await using var chain = await MortalChain.StartAsync();
        await using var writer = await chain.Database.OpenAsync();
        await TotesysDatabase.FillAsync(writer, History, Now, Token);
        await chain.RunAsync(killer: null);

        for (var round = 0; round < rounds; round++)
        {
            await TotesysDatabase.AdvanceAsync(writer, History, Now.AddDays(round), Now.AddDays(round + 1), Token);
            await chain.Database.ExecuteAsync(ChangeEveryFact);
            await chain.RunAsync(random);
            await chain.Oracle.AssertIsRightAsync();
        }

        await chain.SweepAsync();
        await chain.Oracle.AssertIsRightAsync();
        return chain.Kills;
    }
}
