using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Versions;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract;

/// <summary>Reads all tables in one snapshot, into temporary files, which are gone when it is disposed.</summary>
internal sealed class SnapshotReading(
    IObjectStore ingestion, NewestVersions newest, TableFailures failures, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly LookUpVersions _lookUps = new(newest);
    private readonly List<ExtractedTable> _tables = [];

    /// <summary>The tables that were read.</summary>
    public IReadOnlyList<ExtractedTable> Tables => _tables;

    /// <summary>Reads the tables, look-up tables first.</summary>
    public async Task RunAsync(
        ExtractRun run, ISourceSnapshot snapshot, IEnumerable<TableName> tables, CancellationToken cancellationToken)
    {
        var extraction = new TableExtraction(run, snapshot, ingestion, logger);
        foreach (var table in tables) await failures.GuardAsync(table, () => ReadAsync(extraction, table, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in _tables) await table.DisposeAsync();
    }

    private async Task ReadAsync(TableExtraction extraction, TableName table, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var extracted = await extraction.RunAsync(table, newest[table], _lookUps.Find(table), cancellationToken);
        _tables.Add(extracted with { Elapsed = clock.GetElapsedTime(started) });
        if (extracted.IsVersion) _lookUps.Add(extracted.Key);
    }
}
