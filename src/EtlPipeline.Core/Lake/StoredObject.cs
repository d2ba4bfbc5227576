namespace EtlPipeline.Core.Lake;

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
