using EtlPipeline.Core.Lake;

namespace EtlPipeline.Testing.Stores;

/// <summary>A bucket one of whose objects is too large to lie anywhere: its body is made while it is read.</summary>
/// <param name="inner">The bucket with everything else, and the object's metadata.</param>
/// <param name="giant">The object's key.</param>
/// <param name="openBody">Begins its body.</param>
public sealed class GiantObjectStore(IObjectStore inner, string giant, Func<Stream> openBody) : ObjectStoreDecorator(inner)
{
    /// <inheritdoc/>
    public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        var stored = await base.OpenAsync(key, offset, cancellationToken);
        if (stored is null || key != giant) return stored;
        await stored.DisposeAsync();
        return new StoredObject(stored.Description, openBody());
    }
}
