using EtlPipeline.Core.Hosting;
using EtlPipeline.Testing.S3;

namespace EtlPipeline.Testing.Lambda;

/// <summary>All that the functions work on, real and of the test's own: source, two buckets, warehouse.</summary>
public sealed class Lake : IAsyncDisposable
{
    private Lake(TestDatabase source, TestDatabase warehouse, TestBucket ingestion, TestBucket processed) =>
        (Source, Warehouse, Ingestion, Processed) = (source, warehouse, ingestion, processed);

    public TestDatabase Source { get; }

    public TestDatabase Warehouse { get; }

    public TestBucket Ingestion { get; }

    public TestBucket Processed { get; }

    /// <summary>The functions' environment.</summary>
    public Dictionary<string, string> Environment => new(
    [
        .. Ingestion.Server.Environment,
        new("AWS_INGEST_BUCKET", Ingestion.Name),
        new("AWS_PROCESS_BUCKET", Processed.Name),
        .. DatabaseVariables.Of("TOTE_SYS", Source.Settings),
        .. DatabaseVariables.Of("WAREHOUSE", Warehouse.Settings),
    ]);

    public static async Task<Lake> CreateAsync() => await CreateAsync(await TestDatabase.CreateTotesysAsync(), await TestDatabase.CreateAsync());

    /// <summary>The same between two databases, which go with the lake.</summary>
    public static async Task<Lake> CreateAsync(TestDatabase source, TestDatabase warehouse) =>
        new(source, warehouse, await TestBucket.CreateAsync(), await TestBucket.CreateAsync());

    /// <summary>The notification that S3 would send for everything that lies in a bucket.</summary>
    public static async Task<byte[]> NotificationAsync(TestBucket bucket) => Notification(bucket, await KeysAsync(bucket));

    /// <summary>The notification that S3 would send for some keys.</summary>
    public static byte[] Notification(TestBucket bucket, IEnumerable<string> keys) =>
        S3Notification.Write(keys.Select(key => new CreatedObject(bucket.Name, key)), DateTimeOffset.UnixEpoch).ToArray();

    /// <summary>The keys in a bucket, in order.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(TestBucket bucket) =>
        await bucket.Store.ListAsync(string.Empty, null, TestContext.Current.CancellationToken)
            .OrderBy(key => key, StringComparer.Ordinal).ToListAsync();

    public async ValueTask DisposeAsync()
    {
        Ingestion.Dispose();
        Processed.Dispose();
        await Source.DisposeAsync();
        await Warehouse.DisposeAsync();
    }
}
