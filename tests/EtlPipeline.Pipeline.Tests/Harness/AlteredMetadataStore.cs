using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A bucket whose versions of source tables say something else of themselves than they do.</summary>
internal sealed class AlteredMetadataStore(IObjectStore store, Func<IngestionMetadata, IngestionMetadata> alter) : ObjectStoreDecorator(store)
{
    public override async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        var description = await base.DescribeAsync(key, cancellationToken);
        return description is { } && IngestionMetadata.Read(description.Metadata) is { } metadata
            ? description with { Metadata = alter(metadata).ToObjectMetadata() }
            : description;
    }
}
