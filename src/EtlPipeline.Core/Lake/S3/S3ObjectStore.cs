using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>A bucket of Amazon S3, or of a server that speaks its protocol.</summary>
/// <param name="client">The client; it stays the caller's.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="clock">Waits between the tries of a write that another one got in the way of.</param>
public sealed class S3ObjectStore(IAmazonS3 client, string bucket, TimeProvider clock) : IObjectStore
{
    /// <inheritdoc/>
    public string Name => bucket;

    /// <inheritdoc/>
    public async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = bucket, Key = key };
        var response = await Guard(key).FindAsync(() => client.GetObjectMetadataAsync(request, cancellationToken), cancellationToken);
        if (response is { }) return new ObjectDescription(response.ContentLength, S3Metadata.Read(response.Metadata));

        // An answer to HEAD has no body, so it does not tell a missing object from a missing bucket. GET does.
        await using var stored = await OpenAsync(key, 0, cancellationToken);
        return stored?.Description;
    }

    /// <inheritdoc/>
    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = key };
        if (offset > 0) request.ByteRange = new ByteRange($"bytes={offset}-");
        try
        {
            var response = await Guard(key).FindAsync(() => client.GetObjectAsync(request, cancellationToken), cancellationToken);
            return response is null ? null : Opened(key, response);
        }
        catch (ObjectStoreException exception) when (IsPastTheEnd(exception))
        {
            return await DescribeAsync(key, cancellationToken) is { } description ? new StoredObject(description, Stream.Null) : null;
        }
    }

    /// <inheritdoc/>
    public Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        new S3Upload(client, Guard(key), clock).PutIfAbsentAsync(body, metadata, cancellationToken);

    /// <inheritdoc/>
    public async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = body,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
        };
        await Guard(key).RunAsync(() => client.PutObjectAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, StartAfter = after };
        do
        {
            var page = await Guard(prefix).RunAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var found in page.S3Objects ?? []) yield return found.Key;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is { });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableName> ListTablesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Delimiter = "/" };
        do
        {
            var page = await Guard(string.Empty).RunAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var prefix in page.CommonPrefixes ?? [])
            {
                if (TableName.TryParse(prefix.TrimEnd('/'), out var table)) yield return table;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is { });
    }

    private static bool IsPastTheEnd(ObjectStoreException exception) =>
        exception.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable };

    private StoredObject Opened(string key, GetObjectResponse response)
    {
        var description = new ObjectDescription(S3Metadata.WholeSize(response), S3Metadata.Read(response.Metadata));
        return new StoredObject(description, new S3Body(response, Guard(key)));
    }

    private S3Guard Guard(string key) => new(bucket, key);
}
