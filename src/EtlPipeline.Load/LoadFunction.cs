using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Load;

/// <summary>Load as a Lambda function: what it keeps from one invocation to the next, and what it does in each.</summary>
internal sealed class LoadFunction
{
    public const string Stage = "Load";

    private readonly FunctionContext _context;
    private readonly LoadSettings _settings;
    private readonly IObjectStore _processed;

    /// <summary>Reads the settings and opens the bucket.</summary>
    /// <exception cref="InvalidSettingsException">Settings are missing or malformed.</exception>
    public LoadFunction(FunctionContext context)
    {
        _context = context;
        _settings = context.ReadSettings(LoadSettings.Read);
        _processed = new ObjectStores(_settings.S3Endpoint, context.Clock).Open(_settings.ProcessedBucket);
    }

    /// <summary>Serves an invocation.</summary>
    public async Task RunAsync(StageEvent stageEvent, Invocation invocation)
    {
        var settings = await _context.Secrets.WithPasswordAsync(_settings.Warehouse, invocation.CancellationToken);
        var limits = new SessionOptions { LockTimeout = invocation.LockTimeout, StatementTimeout = invocation.StatementTimeout };
        await using var warehouse = new PostgreSqlDatabase(settings, limits);
        await new LoadStage(_processed, warehouse, _context.Clock, _context.Logger).RunAsync(stageEvent, invocation);
    }
}
