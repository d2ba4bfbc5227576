using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>Collects the tables that fail, one error line each, and lets the others go on. A session that is lost goes through: it ends the run.</summary>
internal sealed class TableFailures(string stage, ILogger logger)
{
    private readonly FailureList _failures = new(stage);

    public int Count => _failures.Failures.Count;

    public bool Contains(TableName table) => _failures.Contains(table.Value);

    /// <summary>Does something for a table; false where that failed.</summary>
    public async Task<bool> GuardAsync(TableName table, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DatabaseException))
        {
            Log.TableFailed(logger, table, exception.Message);
            _failures.Add(table.Value, exception);
            return false;
        }
    }

    public void ThrowIfAny() => _failures.ThrowIfAny();
}
