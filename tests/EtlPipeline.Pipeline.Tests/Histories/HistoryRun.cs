using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Harness;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Takes the steps of a history: three writers (one at a time, one whose transaction stays open, one that prepares its) beside the pipeline.</summary>
internal sealed class HistoryRun : IAsyncDisposable
{
    // Names of prepared transactions are the whole server's.
    private readonly string _prepared;
    private readonly TestPipeline _pipeline;
    private readonly NpgsqlConnection _writer;
    private readonly NpgsqlConnection _late;
    private bool _isPrepared;

    private HistoryRun(TestPipeline pipeline, NpgsqlConnection writer, NpgsqlConnection late)
    {
        (_pipeline, _writer, _late) = (pipeline, writer, late);
        _prepared = pipeline.Settings.Database;
    }

    public static async Task<HistoryRun> BeginAsync(TestPipeline pipeline)
    {
        var run = new HistoryRun(pipeline, await pipeline.Database.OpenAsync(), await pipeline.Database.OpenAsync());
        await pipeline.RunAsync();
        await ExecuteAsync(run._writer, "SET lock_timeout = '100ms'");
        await ExecuteAsync(run._late, "BEGIN");
        return run;
    }

    public Task TakeAsync(HistoryStep step) => step.Kind switch
    {
        HistoryStepKind.Write => WriteAsync(step.Action.SqlFor(step.Number)),
        HistoryStepKind.WriteLate => ExecuteAsync(_late, WriterAction.Late.SqlFor(step.Number)),
        HistoryStepKind.CommitLate => ExecuteAsync(_late, "COMMIT; BEGIN"),
        HistoryStepKind.Prepare => PrepareAsync(WriterAction.Prepared.SqlFor(step.Number)),
        HistoryStepKind.CommitPrepared => EndPreparedAsync("COMMIT"),
        _ => RunAsync(),
    };

    /// <summary>Commits what is open, and runs once more.</summary>
    public async Task EndAsync()
    {
        await ExecuteAsync(_late, "COMMIT");
        await EndPreparedAsync("COMMIT");
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndPreparedAsync("ROLLBACK");
        await _late.DisposeAsync();
        await _writer.DisposeAsync();
    }

    /// <summary>A schedule; where it refuses a table that lost its rows, somebody looks, and allows it.</summary>
    private async Task RunAsync()
    {
        try
        {
            await _pipeline.RunAsync();
        }
        catch (StageFailedException refusal) when (refusal.Failures.All(failure => failure.Cause.Message.Contains("acceptDeletes", StringComparison.Ordinal)))
        {
            var tables = refusal.Failures.Select(failure => TableName.Parse(failure.Subject)).ToHashSet();
            await _pipeline.RunAsync(new ExtractRequest { AcceptDeletes = tables });
        }
    }

    /// <summary>What waits for an open transaction, or breaks a foreign key, is given up, as an application would.</summary>
    private async Task WriteAsync(string sql)
    {
        try
        {
            await ExecuteAsync(_writer, sql);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ForeignKeyViolation)
        {
            await ExecuteAsync(_writer, "ROLLBACK");
        }
    }

    private async Task PrepareAsync(string sql)
    {
        if (_isPrepared) return;
        await ExecuteAsync(_writer, $"BEGIN; {sql}; PREPARE TRANSACTION '{_prepared}'");
        _isPrepared = true;
    }

    private async Task EndPreparedAsync(string verb)
    {
        if (!_isPrepared) return;
        await ExecuteAsync(_writer, $"{verb} PREPARED '{_prepared}'");
        _isPrepared = false;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
