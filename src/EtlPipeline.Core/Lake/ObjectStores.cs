using Amazon.S3;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Core.Lake.S3;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// Opens buckets by what the settings call them: a <c>file:</c> URI is a folder (RFC 8089; or relative to the current folder, as in
/// <c>file:./lake</c>), any other text the name of an S3 bucket.
/// </summary>
/// <param name="s3Endpoint">A server that speaks S3's protocol; null for Amazon's.</param>
/// <param name="clock">The clock of the stores.</param>
public sealed class ObjectStores(Uri? s3Endpoint, TimeProvider clock) : IDisposable
{
    private const string FileScheme = "file:";

    private readonly Lazy<AmazonS3Client> _client = new(() => S3Client.Create(s3Endpoint));

    /// <summary>Opens a bucket.</summary>
    /// <exception cref="ObjectStoreException">The bucket is a folder that can't be made, a path without <c>file:</c>, or no region is set for S3.</exception>
    public IObjectStore Open(string bucket)
    {
        if (FindFolder(bucket) is { } folder) return new FolderObjectStore(folder);
        if (bucket[0] is '.' or '~' || (bucket.AsSpan().ContainsAny('/', '\\') && !bucket.StartsWith("arn:", StringComparison.Ordinal)))
            throw new ObjectStoreException($"Bucket '{bucket}': that is a path and not the name of a bucket; for a folder on this machine write file:{bucket}");
        try
        {
            return new S3ObjectStore(_client.Value, bucket, clock);
        }
        catch (Amazon.Runtime.AmazonClientException exception)
        {
            throw new ObjectStoreException($"Bucket '{bucket}': no AWS region is set ({exception.Message}); set one, such as AWS_REGION=eu-west-2, or write file: before the path of a folder", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated) _client.Value.Dispose();
    }

    private static string? FindFolder(string bucket)
    {
        if (Uri.TryCreate(bucket, UriKind.Absolute, out var uri) && uri.IsFile) return uri.LocalPath;
        return bucket.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase)
            ? Path.GetFullPath(Uri.UnescapeDataString(bucket[FileScheme.Length..]))
            : null;
    }
}
