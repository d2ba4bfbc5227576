using CsCheck;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Random histories of writers, some of whose transactions stay open over several extracts.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2024, 6, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory Sample = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 6, 3) });

    private static readonly Gen<HistoryStep[]> Histories = Gen.Frequency(
            (6, Gen.Const(HistoryStepKind.Write)),
            (2, Gen.Const(HistoryStepKind.WriteLate)),
            (1, Gen.Const(HistoryStepKind.CommitLate)),
            (3, Gen.Const(HistoryStepKind.Run)))
        .Select(Gen.Int[0, 999], (kind, number) => new HistoryStep(kind, number))
        .Array[4, 16];

    [Fact]
    public async Task Whatever_writers_do_the_warehouse_has_every_state_that_an_extract_saw_once_and_in_order()
    {
        await Histories.SampleAsync(
            IsRightAfterAsync, iter: ProofSize.Histories, threads: 1, print: steps => string.Join(", ", steps));
        output.WriteLine($"{ProofSize.Histories} histories.");
    }

    private static async Task<bool> IsRightAfterAsync(HistoryStep[] steps)
    {
        await using var pipeline = await TestPipeline.CreateAsync();
        await using var writer = await pipeline.Database.OpenAsync();
        await using var late = await pipeline.Database.OpenAsync();
        await TotesysDatabase.FillAsync(writer, Sample, Now, CancellationToken.None);
        await pipeline.RunAsync();
        await ExecuteAsync(writer, "SET lock_timeout = '100ms'");
        await ExecuteAsync(late, "BEGIN");
        foreach (var step in steps) await TakeAsync(pipeline, writer, late, step);
        await ExecuteAsync(late, "COMMIT");
        await pipeline.RunAsync();
        return (await pipeline.Oracle.FindDifferencesAsync()).Count == 0;
    }

    private static async Task TakeAsync(TestPipeline pipeline, NpgsqlConnection writer, NpgsqlConnection late, HistoryStep step)
    {
        switch (step.Kind)
        {
            case HistoryStepKind.Write:
                await WriteAsync(writer, WriterAction.All[step.Number % WriterAction.All.Count].SqlFor(step.Number));
                break;
            case HistoryStepKind.WriteLate:
                await ExecuteAsync(late, WriterAction.Late.SqlFor(step.Number));
                break;
            case HistoryStepKind.CommitLate:
                await ExecuteAsync(late, "COMMIT; BEGIN");
                break;
            default:
                await pipeline.RunAsync();
                break;
        }
    }

    /// <summary>What waits for the open transaction, or breaks a foreign key, is given up, as an application would.</summary>
    private static async Task WriteAsync(NpgsqlConnection writer, string sql)
    {
        try
        {
            await ExecuteAsync(writer, sql);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ForeignKeyViolation)
        {
            await ExecuteAsync(writer, "ROLLBACK");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
