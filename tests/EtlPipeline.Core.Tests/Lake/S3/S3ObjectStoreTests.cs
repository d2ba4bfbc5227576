using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.S3;
using EtlPipeline.Testing.S3;

namespace EtlPipeline.Core.Tests.Lake.S3;

/// <summary>The contract on a real S3 server. If that is fauxqs, it is our script that answers the conditions.</summary>
public sealed class S3ObjectStoreTests : ObjectStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_bucket_is_an_error_that_names_it_and_not_a_missing_object()
    {
        using var bucket = await TestBucket.CreateAsync();
        var store = new S3ObjectStore(bucket.Client, "no-such-bucket", TimeProvider.System);

        Func<Task>[] calls =
        [
            () => store.DescribeAsync("staff/a.json", Cancellation),
            () => store.OpenAsync("staff/a.json", 0, Cancellation),
            () => PutAsync(store, "staff/a.json", "x"),
            () => store.ReplaceAsync("staff/a.json", new MemoryStream(), Cancellation),
            () => store.ListAsync("staff/a.json", null, Cancellation).ToListAsync(Cancellation).AsTask(),
        ];
        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<ObjectStoreException>(call);
            Assert.Contains("Bucket 'no-such-bucket', key 'staff/a.json': S3 says NoSuchBucket", exception.Message, StringComparison.Ordinal);
        }
    }

    protected override async Task<IObjectStore> CreateStoreAsync() => (await TestBucket.CreateAsync()).Store;
}
