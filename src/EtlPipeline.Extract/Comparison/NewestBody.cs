using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Versions;

namespace EtlPipeline.Extract.Comparison;

/// <summary>The rows of a table's newest version, streamed from the bucket.</summary>
internal sealed class NewestBody(IObjectStore ingestion, NewestVersion newest)
{
    public NewestVersion Newest => newest;

    /// <summary>How many rows there are.</summary>
    /// <exception cref="UnreadableRowsException">The body is not a JSON array of objects.</exception>
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        ReadAsync(checkMetadata: false, _ => ValueTask.CompletedTask, cancellationToken);

    /// <summary>Reads all rows, and checks on the way what the metadata says of them, if any.</summary>
    /// <exception cref="UnreadableRowsException">The body is not a JSON array of objects.</exception>
    /// <exception cref="MetadataMismatchException">It has other rows than the metadata says.</exception>
    public async Task<long> ReadAsync(bool checkMetadata, Func<JsonRow, ValueTask> onRow, CancellationToken cancellationToken)
    {
        await using var stored = await ingestion.OpenAsync(newest.Key.Rows, 0, cancellationToken)
            ?? throw new PipelineException($"The newest version {newest.Key.Rows} was removed while it was about to be read; run again");
        using var rows = new JsonRowReader(stored.Body);
        var changed = 0L;
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.Current.Offset >= newest.Metadata?.ChangedFrom) changed++;
            await onRow(rows.Current);
        }

        if (checkMetadata && newest.Metadata is { } metadata && (metadata.Rows != rows.RowsRead || metadata.Changed != changed))
            throw new MetadataMismatchException();
        return rows.RowsRead;
    }
}
