using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Extract.Tests.Scenes;

/// <summary>A bucket that fails under the prefixes that it is given.</summary>
internal sealed class FailingBucket(IObjectStore inner) : ObjectStoreDecorator(inner)
{
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

    public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        if (BeforeOpen is { }) await BeforeOpen(key);
        return await base.OpenAsync(key, offset, cancellationToken);
    }

    public override async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        if (IsUnder(key, FailPutsUnder)) throw Failure(key);
        if (BeforePut is { }) await BeforePut(key);
        if (TakePut is { } && TakePut(key, await BytesAsync(body, cancellationToken), metadata)) return true;
        var isPut = await base.PutIfAbsentAsync(key, body, metadata, cancellationToken);
        return isPut && !IsUnder(key, DenyPutsUnder);
    }

    public override IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        IsUnder(prefix, FailListsUnder) ? throw Failure(prefix) : base.ListAsync(prefix, after, cancellationToken);

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        body.Position = 0;
        return bytes.ToArray();
    }

    private static bool IsUnder(string key, string? prefix) => prefix is { } && key.StartsWith(prefix, StringComparison.Ordinal);

    private static ObjectStoreException Failure(string key) => new($"Bucket ingestion, key '{key}': slow down");
}
