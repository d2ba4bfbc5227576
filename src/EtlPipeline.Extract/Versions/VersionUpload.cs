using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Rows;

namespace EtlPipeline.Extract.Versions;

/// <summary>Puts versions into the bucket. Nothing is ever overwritten.</summary>
internal sealed class VersionUpload(IObjectStore ingestion)
{
    /// <summary>Puts a version; its deleted rows come first, so that whoever sees the version can see them.</summary>
    /// <exception cref="PipelineException">Another run's object lies under the key.</exception>
    public async Task PutAsync(ExtractedTable table, CancellationToken cancellationToken)
    {
        if (table.Metadata.Deleted > 0)
            await PutAsync(table.Key.DeletedRows, table.Draft.Deleted, table.Metadata, cancellationToken);
        await PutAsync(table.Key.Rows, table.Draft.Rows, table.Metadata, cancellationToken);
    }

    private async Task PutAsync(string key, RowSpool rows, IngestionMetadata metadata, CancellationToken cancellationToken)
    {
        if (await ingestion.PutIfAbsentAsync(key, rows.Rewind(), metadata.ToObjectMetadata(), cancellationToken)) return;

        // An answer that was lost on its way makes the store try again, and find the object that it has just written.
        var found = await ingestion.DescribeAsync(key, cancellationToken);
        if (found is { } && IngestionMetadata.Read(found.Metadata)?.Run == metadata.Run) return;
        throw new PipelineException($"{key} was written by another run in the meantime, and was left as it is; the next run starts from it");
    }
}
