using System.Runtime.CompilerServices;

namespace EtlPipeline.Core.Lake;

/// <summary>A bucket: immutable objects under keys. Safe for concurrent use, also from several processes.</summary>
/// <remarks>Every method throws <see cref="ObjectStoreException"/>, naming bucket and key, if the bucket itself fails.</remarks>
public interface IObjectStore
{
    /// <summary>The bucket's name, for messages.</summary>
    string Name { get; }

    /// <summary>Size and metadata of an object, or null if there is none under the key.</summary>
    Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading, or returns null if there is none under the key.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="offset">The byte to begin with; the store sends nothing before it. At or past the end the body is empty.</param>
    /// <param name="cancellationToken">Ends the wait, and the reading of the body.</param>
    Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken);

    /// <summary>Writes an object unless there is one under the key; body and metadata appear together or not at all.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="body">What to write, from the stream's position on; the stream can seek, since a failed try is repeated.</param>
    /// <param name="metadata">What to keep beside it.</param>
    /// <param name="cancellationToken">Ends the wait; the object may then be there or not.</param>
    /// <returns>True if this call wrote it, false if an object was there already: it is untouched.</returns>
    Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken);

    /// <summary>Writes an object without metadata in place of whatever is under the key. Only for keys that no version lies under.</summary>
    Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken);

    /// <summary>The keys that begin with <paramref name="prefix"/> and come after <paramref name="after"/> in ordinal order; in no order that can be relied on.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken);

    /// <summary>The tables that have objects: the distinct first parts of the keys that are table names, in no order that can be relied on.</summary>
    async IAsyncEnumerable<TableName> ListTablesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tables = new HashSet<TableName>();
        await foreach (var key in ListAsync(string.Empty, after: null, cancellationToken))
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && TableName.TryParse(key[..slash], out var table) && tables.Add(table)) yield return table;
        }
    }
}

/// <summary>A bucket could not do what was asked. The message names the bucket, the key and the cause.</summary>
public sealed class ObjectStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ObjectStoreException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
