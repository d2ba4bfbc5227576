using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Soak.Figures;
using EtlPipeline.Soak.Verdicts;
using EtlPipeline.Testing;

namespace EtlPipeline.Soak.Tests.Leaks;

/// <summary>What a soak is for: each kind of thing that piles up is noticed, by the figures that should notice it and by no other.</summary>
public sealed class LeakTests
{
    private const int Schedules = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipeline_that_leaves_nothing_is_flat() =>
        await AssertFaultsAsync(_ => Task.CompletedTask);

    [Fact]
    public async Task A_connection_that_stays_open_is_noticed() =>
        await AssertFaultsAsync(
            async pipeline => pipeline.Held.Add(await OpenAsync(pipeline)),
            "connections: none expected", "process: open sockets: flat expected");

    [Fact]
    public async Task A_connection_that_is_forgotten_is_noticed() =>
        await AssertFaultsAsync(OpenAsync, "connections: none expected", "process: left to the collector: none expected");

    [Fact]
    public async Task A_lock_that_is_kept_is_noticed() =>
        await AssertFaultsAsync(
            async pipeline =>
            {
                var connection = await OpenAsync(pipeline);
                pipeline.Held.Add(connection);
                await using var command = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(1)", connection);
                if (pipeline.Held.Count == 1) await command.ExecuteNonQueryAsync(Token);
            },
            "connections: none expected", "locks: none expected", "process: open sockets: flat expected");

    [Fact]
    public async Task A_lock_without_a_session_is_noticed()
    {
        await AssertFaultsAsync(
            async pipeline =>
            {
                if (pipeline.Held.Count > 0) return;
                await pipeline.Warehouse.ExecuteAsync("BEGIN; LOCK TABLE etl_load IN ACCESS SHARE MODE; PREPARE TRANSACTION 'soak'");
                pipeline.Held.Add(new PreparedTransaction(pipeline.Warehouse, "soak"));
            },
            "locks: none expected");
    }

    [Fact]
    public async Task A_temporary_file_that_stays_is_noticed() =>
        await AssertFaultsAsync(
            _ => File.WriteAllTextAsync(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), "left", Token),
            "process: temporary files: none expected");

    [Fact]
    public async Task A_temporary_file_without_a_name_that_stays_open_is_noticed() =>
        await AssertFaultsAsync(
            pipeline =>
            {
                pipeline.Held.Add(TemporaryFile.Create());
                return Task.CompletedTask;
            },
            "process: temporary files: none expected", "process: open files: flat expected");

    [Fact]
    public async Task A_file_that_only_the_collector_closes_is_noticed() =>
        await AssertFaultsAsync(
            _ =>
            {
                File.OpenHandle(RepositoryFolder.Find("global.json"));
                return Task.CompletedTask;
            },
            "process: left to the collector: none expected");

    [Fact]
    public async Task Memory_that_is_held_is_noticed()
    {
        const int schedules = 100;
        const int oneMegabyte = 1 << 20;
        await using var pipeline = await LeakyPipeline.StartAsync(leaky =>
        {
            var block = new byte[oneMegabyte];
            Array.Fill(block, (byte)1);
            leaky.Held.Add(block);
            return Task.CompletedTask;
        });
        AssertFaults(await SoakAsync(pipeline, schedules), "process: memory, MB: x 1.25 expected", "process: heap, MB: x 1.25 expected");
    }

    private static async Task AssertFaultsAsync(Func<LeakyPipeline, Task> leak, params string[] faults)
    {
        await using var pipeline = await LeakyPipeline.StartAsync(leak);
        AssertFaults(await SoakAsync(pipeline, Schedules), faults);
    }

    private static void AssertFaults(SoakOutcome outcome, params string[] faults) =>
        Assert.Equal(faults.Order(StringComparer.Ordinal), Verdict.FindFaults(outcome).Order(StringComparer.Ordinal));

    private static async Task<SoakOutcome> SoakAsync(LeakyPipeline pipeline, int schedules)
    {
        ProcFileSystem.RequireIt();
        var taken = new List<ScheduleFigures>();
        await using var meter = await ScheduleMeter.OpenAsync(pipeline, TimeSpan.FromMilliseconds(100));
        for (var schedule = 1; schedule <= schedules; schedule++)
        {
            await pipeline.RunAsync(isSweep: false, Token);
            taken.Add(await meter.ReadAsync(schedule, TimeSpan.Zero, Token));
        }

        return new SoakOutcome(taken, await pipeline.CountDifferencesAsync(Token));
    }

    private static async Task<Npgsql.NpgsqlConnection> OpenAsync(LeakyPipeline pipeline)
    {
        var database = new PostgreSqlDatabase(pipeline.Warehouse.Settings, new SessionOptions());
        return await database.OpenAsync(Token);
    }
}
