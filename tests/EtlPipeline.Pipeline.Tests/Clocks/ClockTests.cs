using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Pipeline.Tests.Clocks;

public sealed class ClockTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261126;
    private const int Rounds = 5;

    // The database's clock is right all the time, so what is written after the step back is older than the extract before it says it is.
    private const string WriteEverywhere = """
        UPDATE sales_order SET units_sold = units_sold + 1, last_updated = clock_timestamp();
        UPDATE payment SET paid = NOT paid, last_updated = clock_timestamp();
        UPDATE address SET phone = phone || '1', last_updated = clock_timestamp();
        """;

    [Fact]
    public async Task After_the_servers_clock_stepped_back_stamps_go_on_from_the_newest_and_no_row_is_missed()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await pipeline.Database.ExecuteAsync(WriteEverywhere);
        pipeline.Sources = source => new AlteredSource(source, point => point with { TakenAt = point.TakenAt.AddHours(1) });
        await pipeline.RunAsync();
        pipeline.Sources = source => source;

        for (var run = 0; run < 3; run++)
        {
            var before = pipeline.Written.Select(version => version.Version).ToList();
            await pipeline.Database.ExecuteAsync(WriteEverywhere);
            await pipeline.RunAsync();

            Assert.Equal(before.Max().Next, pipeline.Written.Skip(before.Count).Min(version => version.Version));
            await pipeline.AssertIsRightAsync();
        }
    }

    [Fact]
    public async Task The_round_goes_on_as_soon_as_a_clock_is_right_again_that_was_a_year_ahead_for_one_run()
    {
        await using var pipeline = await SmallCompany.OpenAsync();
        await pipeline.RunAsync();
        await pipeline.Database.ExecuteAsync(WriteEverywhere);
        pipeline.Sources = source => new AlteredSource(source, point => point with { TakenAt = point.TakenAt.AddDays(365) });
        await pipeline.RunAsync();
        pipeline.Sources = source => source;
        var before = pipeline.Written.Count;

        await pipeline.RunAsync();

        // What was read in the future is read again, because nobody knows when that was.
        Assert.Contains(pipeline.Written.Skip(before), version => version is { Table.Value: "sales_order", Reason: VersionReason.Round });
        await pipeline.AssertIsRightAsync();
        Assert.Empty((await pipeline.ExtractAsync()).Versions);
    }

    [Fact]
    public async Task However_the_clocks_step_between_and_within_runs_the_warehouse_becomes_right()
    {
        for (var seed = FirstSeed; seed < FirstSeed + ProofSize.ClockSchedules; seed++)
        {
            var random = new Random(seed);
            await using var pipeline = await SmallCompany.OpenAsync();
            pipeline.Clock = new ErraticClock(random);
            for (var round = 0; round < Rounds; round++)
            {
                var error = TimeSpan.FromMinutes(random.Next(-3000, 3000));
                pipeline.Sources = source => new AlteredSource(source, point => point with { TakenAt = point.TakenAt + error });
                await pipeline.LiveAsync(SmallCompany.History, SmallCompany.Now.AddDays(round), SmallCompany.Now.AddDays(round + 1));
                await pipeline.RunAsync();
            }

            await pipeline.SweepAsync();
            await pipeline.AssertIsRightAsync($"seed {seed}");
        }

        output.WriteLine($"{ProofSize.ClockSchedules} schedules of {Rounds} runs, from seed {FirstSeed}.");
    }
}
