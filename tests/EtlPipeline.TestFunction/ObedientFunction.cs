using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.TestFunction;

/// <summary>Does what the keys of the event say, with the bucket's name as the text that must not get out.</summary>
internal sealed partial class ObedientFunction
{
    private const string Stage = "Test";

    private readonly FunctionContext _context;
    private readonly DatabaseSettings _database;
    private int _invocations;

    public ObedientFunction(FunctionContext context)
    {
        _context = context;
        _database = context.ReadSettings(DatabaseSettings.ReadOltp);
        if (_database.Database == "unstartable") throw new InvalidOperationException(_database.User, new FormatException(_database.User));
    }

    public async Task RunAsync(StageEvent stageEvent, Invocation invocation)
    {
        _invocations++;
        var failures = new StageFailures(Stage, _context.Logger);
        foreach (var (text, key) in stageEvent is StageEvent.Doorbell doorbell ? doorbell.Objects : [])
            await DoAsync(key, text, invocation, failures);
        new StageMetrics { Rows = _invocations, Success = failures.Count == 0 }.Write(_context.Logger, Stage);
        new StageMetrics { Rows = 7 }.Write(_context.Logger, Stage, TableName.Parse("staff"));
        failures.ThrowIfAny();
    }

    private async Task DoAsync(string key, string text, Invocation invocation, StageFailures failures)
    {
        switch (key)
        {
            case "throw": throw new InvalidOperationException(text, new FormatException(text));
            case "throw-many": throw new AggregateException(text, new FormatException(text), new FormatException(text));
            case "throw-ours": throw new PipelineException("staff has no key", new FormatException(text));
            case "throw-postgres": throw new PostgresException($"invalid input: {text}", "ERROR", "ERROR", "22P02", detail: text);
            case "parse": _ = int.Parse(text, CultureInfo.InvariantCulture); break;
            case "guard": await GuardAsync(text, failures); break;
            case "ask": await _context.Secrets.WithPasswordAsync(_database, invocation.CancellationToken); break;
            case "end-well":
                while (!invocation.IsTimeUp) await Task.Delay(10, invocation.CancellationToken);
                break;
            case "overrun":
                invocation.LastDone = "staff/2026-11-23_12-45-03-123456";
                await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
                break;
            default: NothingToDo(_context.Logger); break;
        }
    }

    private static async Task GuardAsync(string text, StageFailures failures)
    {
        await failures.GuardAsync("staff", () => throw new InvalidCastException(text, new FormatException(text)));
        await failures.GuardAsync("address", () => throw new PipelineException("address has no key", new FormatException(text)));
        await failures.GuardAsync("design", () => Task.CompletedTask);
    }

    [LoggerMessage(LogLevel.Debug, "Nothing to do")]
    private static partial void NothingToDo(ILogger logger);
}
