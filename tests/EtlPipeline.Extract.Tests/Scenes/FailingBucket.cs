using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Tests.Scenes;

/// <summary>A bucket that fails where it is told to.</summary>
internal sealed class FailingBucket(IObjectStore inner) : IObjectStore
{
    public IObjectStore Inner => inner;

    public string Name => inner.Name;

    public string? FailPutsUnder { get; init; }

    public string? FailListsUnder { get; init; }

    /// <summary>Puts these objects, and then says that another one had been there.</summary>
    public string? DenyPutsUnder { get; init; }

    /// <summary>Runs before an object is put.</summary>
    public Func<string, Task>? BeforePut { get; init; }

    /// <summary>Sees a put before it is done; true to keep it from being done.</summary>
    public Func<string, byte[], ObjectMetadata, bool>? TakePut { get; init; }

    /// <summary>Runs before an object is opened.</summary>
    public Func<string, Task>? BeforeOpen { get; init; }

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => inner.DescribeAsync(key, cancellationToken);

    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        if (BeforeOpen is { }) await BeforeOpen(key);
        return await inner.OpenAsync(key, offset, cancellationToken);
    }

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        if (Lies(key, FailPutsUnder)) throw Failure(key);
        if (BeforePut is { }) await BeforePut(key);
        if (TakePut is { } && TakePut(key, await BytesAsync(body, cancellationToken), metadata)) return true;
        var isPut = await inner.PutIfAbsentAsync(key, body, metadata, cancellationToken);
        return isPut && !Lies(key, DenyPutsUnder);
    }

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => inner.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        Lies(prefix, FailListsUnder) ? throw Failure(prefix) : inner.ListAsync(prefix, after, cancellationToken);

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        body.Position = 0;
        return bytes.ToArray();
    }

    private static bool Lies(string key, string? prefix) => prefix is { } && key.StartsWith(prefix, StringComparison.Ordinal);

    private static ObjectStoreException Failure(string key) => new($"Bucket ingestion, key '{key}': slow down");
}
