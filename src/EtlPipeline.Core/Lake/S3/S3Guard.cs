using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>Runs requests about one key, and names bucket, key and S3's code in what they throw.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, or the beginning of several.</param>
internal sealed record S3Guard(string Bucket, string Key)
{
    private const string NoSuchBucket = "NoSuchBucket";

    /// <summary>Runs a request.</summary>
    /// <exception cref="ObjectStoreException">It failed, after the retries that the client makes by itself.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            throw Failure(exception);
        }
    }

    /// <summary>Runs a request; null if there is no object under the key.</summary>
    public async Task<T?> FindAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return await RunAsync(request, cancellationToken);
        }
        catch (ObjectStoreException exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    /// <summary>Whether an exception is the store's, rather than a cancelled wait or a fault of the program.</summary>
    public static bool IsFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException,
    };

    /// <summary>Names bucket, key and code in what was thrown.</summary>
    public ObjectStoreException Failure(Exception exception) =>
        new($"Bucket '{Bucket}', key '{Key}': {Describe(exception)}", exception);

    private static string Describe(Exception exception) => exception switch
    {
        AmazonS3Exception { ErrorCode: "AccessDenied" or "Forbidden" } denied =>
            $"S3 says AccessDenied ({(int)denied.StatusCode}): the role may not do this, or the object is missing and the role may not list the bucket",
        AmazonS3Exception { ErrorCode: NoSuchBucket } => "S3 says NoSuchBucket (404): check the bucket's name and region",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } refused => $"S3 says {code} ({(int)refused.StatusCode}): {refused.Message}",
        OperationCanceledException => "S3 did not answer in time",
        _ => $"the connection to S3 failed ({exception.GetType().Name}): {exception.Message}",
    };

    private static bool IsMissing(ObjectStoreException exception) =>
        exception.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } missing && missing.ErrorCode != NoSuchBucket;
}
