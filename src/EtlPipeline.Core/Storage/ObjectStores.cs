using Amazon.S3;
using EtlPipeline.Core.Storage.Folders;
using EtlPipeline.Core.Storage.S3;

namespace EtlPipeline.Core.Storage;

/// <summary>Opens buckets by what the settings call them: a <c>file:</c> URI is a folder, any other text the name of an S3 bucket.</summary>
/// <param name="s3Endpoint">A server that speaks S3's protocol; null for Amazon's.</param>
/// <param name="clock">The clock of the stores.</param>
public sealed class ObjectStores(Uri? s3Endpoint, TimeProvider clock) : IDisposable
{
    private readonly Lazy<AmazonS3Client> _client = new(() => S3Client.Create(s3Endpoint));

    /// <summary>Opens a bucket.</summary>
    /// <exception cref="ObjectStoreException">The bucket is a folder that can't be made, or no region is set for S3.</exception>
    public IObjectStore Open(string bucket)
    {
        if (Uri.TryCreate(bucket, UriKind.Absolute, out var uri) && uri.IsFile) return new FolderObjectStore(uri.LocalPath);
        try
        {
            return new S3ObjectStore(_client.Value, bucket, clock);
        }
        catch (Amazon.Runtime.AmazonClientException exception)
        {
            throw new ObjectStoreException($"Bucket '{bucket}': {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated) _client.Value.Dispose();
    }
}
