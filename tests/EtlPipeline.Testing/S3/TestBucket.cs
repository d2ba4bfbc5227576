using Amazon.S3;
using EtlPipeline.Core.Lake.S3;

namespace EtlPipeline.Testing.S3;

/// <summary>An empty bucket of a test's own on the test process's S3 server.</summary>
public sealed class TestBucket : IDisposable
{
    private TestBucket(S3Server server, string name)
    {
        Server = server;
        Name = name;
        Client = server.CreateClient();
        Store = new S3ObjectStore(Client, name, TimeProvider.System);
    }

    /// <summary>The server it lies on.</summary>
    public S3Server Server { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A client of the server.</summary>
    public AmazonS3Client Client { get; }

    /// <summary>The bucket as the pipeline sees it.</summary>
    public S3ObjectStore Store { get; }

    /// <summary>Makes a bucket. Skips the test if there is no S3 server, but fails in CI.</summary>
    public static async Task<TestBucket> CreateAsync()
    {
        var bucket = new TestBucket(await S3Server.GetAsync(), $"test-{Guid.NewGuid():N}");
        await bucket.Client.PutBucketAsync(bucket.Name);
        return bucket;
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
