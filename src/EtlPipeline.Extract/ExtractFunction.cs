using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Source;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Extract.Source.Sample;
using EtlPipeline.SampleData;

namespace EtlPipeline.Extract;

/// <summary>Extract as a Lambda function: what it keeps from one invocation to the next, and what it does in each.</summary>
internal sealed class ExtractFunction
{
    public const string Stage = ExtractStage.Name;

    private readonly FunctionContext _context;
    private readonly ExtractSettings _settings;
    private readonly IObjectStore _ingestion;

    /// <summary>Reads the settings and opens the bucket.</summary>
    /// <exception cref="InvalidSettingsException">Settings are missing or malformed.</exception>
    public ExtractFunction(FunctionContext context)
    {
        _context = context;
        _settings = context.ReadSettings(ExtractSettings.Read);
        _ingestion = new ObjectStores(_settings.S3Endpoint, context.Clock).Open(_settings.IngestionBucket);
    }

    /// <summary>Serves an invocation.</summary>
    public async Task RunAsync(ExtractRequest request, Invocation invocation)
    {
        if (_settings.Oltp is not { } oltp)
        {
            await RunAsync(new SampleSource(new SampleHistory(new SampleOptions()), _context.Clock), request, invocation);
            return;
        }

        var settings = await _context.Secrets.WithPasswordAsync(oltp, invocation.CancellationToken);
        var limits = PostgreSqlSource.SessionLimits with { LockTimeout = invocation.LockTimeout, StatementTimeout = invocation.StatementTimeout };
        await using var database = new PostgreSqlDatabase(settings, limits);
        await RunAsync(new PostgreSqlSource(database, _context.Logger), request, invocation);
    }

    private Task<ExtractSummary> RunAsync(ISource source, ExtractRequest request, Invocation invocation)
    {
        var options = new ExtractOptions { Tables = _settings.Tables, EmptiedTables = _settings.EmptiedTables, CopiedTables = _settings.CopiedTables };
        return new ExtractStage(source, _ingestion, options, _context.Clock, _context.Logger).RunAsync(request, invocation);
    }
}
