using System.Globalization;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Status;

/// <summary>What the two buckets tell.</summary>
internal sealed class LakeStatus(IObjectStore ingestion, IObjectStore processed, TimeProvider clock)
{
    private readonly VersionListing _ingested = new(ingestion, ObjectForm.Rows, clock);
    private readonly VersionListing _processed = new(processed, ObjectForm.Parquet, clock);

    /// <summary>When the last extract ended; null where none has, or its note is damaged.</summary>
    public async Task<DateTimeOffset?> FindLastRunAsync(CancellationToken cancellationToken)
    {
        await using var stored = await ingestion.OpenAsync("timestamp", 0, cancellationToken);
        if (stored is null) return null;
        using var reader = new StreamReader(stored.Body);
        var text = (await reader.ReadToEndAsync(cancellationToken)).Trim().Trim('"');
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    /// <summary>Adds what lies in the buckets, and what waits there.</summary>
    /// <param name="status">What is known of the table, its newest loaded version among it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<TableStatus> AddToAsync(TableStatus status, CancellationToken cancellationToken)
    {
        var ingested = status.Table is { } table ? await _ingested.FindNewestAsync(table, cancellationToken) : null;
        if (status.Target is not { } target) return status with { Ingested = ingested };
        var newest = await _processed.FindNewestAsync(target, cancellationToken);
        return status with
        {
            Ingested = ingested,
            Processed = newest,
            RejectedRows = await CountRejectedAsync(target, cancellationToken),
            PendingTransform = await CountPendingAsync(_ingested, status.Table, newest, cancellationToken),
            PendingLoad = await CountPendingAsync(_processed, target, status.Loaded, cancellationToken),
        };
    }

    private static async Task<int> CountPendingAsync(
        VersionListing listing, TableName? table, TableVersion? done, CancellationToken cancellationToken) =>
        table is { } name ? (await listing.FindAfterAsync(name, done, cancellationToken)).Count : 0;

    /// <summary>The objects of rejected rows are few, and the version beside each knows how many it has.</summary>
    private async Task<long> CountRejectedAsync(TableName target, CancellationToken cancellationToken)
    {
        const string folder = "rejected/";
        var rejected = 0L;
        await foreach (var key in processed.ListAsync($"{folder}{target}/", null, cancellationToken))
        {
            if (!VersionKey.TryParse(key[folder.Length..], ObjectForm.Rows, out var version)) continue;
            var description = await processed.DescribeAsync(version.Parquet, cancellationToken);
            rejected += description is null ? 0 : ProcessedMetadata.Read(description.Metadata)?.Rejected ?? 0;
        }

        return rejected;
    }
}
