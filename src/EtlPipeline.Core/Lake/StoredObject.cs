namespace EtlPipeline.Core.Lake;

/// <summary>What a store knows of an object beside its body.</summary>
/// <param name="Size">Bytes of the whole body.</param>
/// <param name="Metadata">What was put beside it.</param>
public sealed record ObjectDescription(long Size, ObjectMetadata Metadata);

/// <summary>An object that was opened for reading.</summary>
/// <param name="description">Its size and metadata.</param>
/// <param name="body">Its body, from the offset on that was asked for; can't seek.</param>
public sealed class StoredObject(ObjectDescription description, Stream body) : IAsyncDisposable
{
    /// <summary>Its size and metadata.</summary>
    public ObjectDescription Description => description;

    /// <summary>Its body, from the offset on that was asked for; can't seek.</summary>
    public Stream Body => body;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => body.DisposeAsync();
}
