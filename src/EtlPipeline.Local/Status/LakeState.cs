using System.Globalization;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Status;

/// <summary>The state of the two buckets.</summary>
internal sealed class LakeState(IObjectStore ingestion, IObjectStore processed, TimeProvider clock)
{
    private const string TimestampKey = "timestamp";

    private readonly VersionListing _ingested = new(ingestion, VersionKey.RowsSuffix, clock);
    private readonly VersionListing _processed = new(processed, VersionKey.ParquetSuffix, clock);

    /// <summary>When the last Extract ended; null if none has or its note is damaged.</summary>
    public async Task<DateTimeOffset?> FindLastRunAsync(CancellationToken cancellationToken)
    {
        await using var stored = await ingestion.OpenAsync(TimestampKey, 0, cancellationToken);
        if (stored is null) return null;
        using var reader = new StreamReader(stored.Body);
        var text = (await reader.ReadToEndAsync(cancellationToken)).Trim().Trim('"');
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    /// <summary>Whether a table's folder in the ingestion bucket was written by format 1.</summary>
    public async Task<bool> IsFormatOneAsync(TableName table, CancellationToken cancellationToken)
    {
        await foreach (var key in ingestion.ListAsync($"{table}/", null, cancellationToken)) return VersionKey.TryParse(key, VersionKey.FormatOneSuffix, out _);
        return false;
    }

    /// <summary>Adds what is in the buckets and what waits there.</summary>
    /// <param name="status">What is known of the table, including its newest loaded version.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<TableStatus> AddToAsync(TableStatus status, CancellationToken cancellationToken)
    {
        var ingested = status.Table is { } table ? await _ingested.FindNewestAsync(table, cancellationToken) : null;
        var known = ingested is { } version ? await AddSegmentsAsync(status, new VersionKey(status.Table!.Value, version), cancellationToken) : status;
        if (known.Target is not { } target) return known with { Ingested = ingested };
        var newest = await _processed.FindNewestAsync(target, cancellationToken);
        return known with
        {
            Ingested = ingested,
            Processed = newest,
            PendingTransform = known.IsRetired ? 0 : await CountPendingAsync(_ingested, known.Table, newest, cancellationToken),
            PendingLoad = await CountPendingAsync(_processed, target, known.Loaded, cancellationToken),
        };
    }

    private async Task<TableStatus> AddSegmentsAsync(TableStatus status, VersionKey version, CancellationToken cancellationToken)
    {
        await using var stored = await ingestion.OpenAsync(version.Segments, 0, cancellationToken);
        var segments = stored is null ? null : await SegmentsJson.ReadAsync(version.Table, stored.Body, cancellationToken);
        if (segments is null) return status;
        var (unknown, due) = (segments.Segments.Count(segment => segment.IsUnknown), segments.Segments.Count(segment => segment.Due is { }));
        return status with
        {
            SourceRows = unknown > 0 ? null : segments.Segments.Sum(segment => segment.Rows),
            KnownSegments = segments.Segments.Count - unknown,
            UnknownSegments = unknown,
            DueSegments = due,
        };
    }

    private static async Task<int> CountPendingAsync(VersionListing listing, TableName? table, TableVersion? done, CancellationToken cancellationToken) =>
        table is { } name ? (await listing.FindAfterAsync(name, done, cancellationToken)).Count : 0;
}
