using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>
/// A conditional write (Amazon S3, <i>How to prevent object overwrites with conditional writes</i>): 412 says that the object is there, 409
/// that another write of it was under way, and that ours, whole, is to be repeated.
/// </summary>
internal sealed class S3Upload(IAmazonS3 client, S3Guard guard, TimeProvider clock)
{
    private const string UnlessThere = "*";

    /// <summary>A write that is in the way is one PUT of the same version by another invocation: it is over in moments.</summary>
    private const int Tries = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the object; false if one is there.</summary>
    public async Task<bool> PutIfAbsentAsync(Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var start = body.Position;
        for (var attempt = 1; ; attempt++)
        {
            body.Position = start;
            try
            {
                await guard.RunAsync(() => PutAsync(body, metadata, cancellationToken), cancellationToken);
                return true;
            }
            catch (ObjectStoreException exception) when (Status(exception) == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
            catch (ObjectStoreException exception) when (Status(exception) == HttpStatusCode.Conflict && attempt < Tries)
            {
                await Task.Delay(Pause * attempt, clock, cancellationToken);
            }
        }
    }

    private static HttpStatusCode? Status(ObjectStoreException exception) => (exception.InnerException as AmazonS3Exception)?.StatusCode;

    /// <summary>One request: no version is larger than 256 MiB, and one of 5 GB would do (Amazon S3, <i>Uploading objects</i>).</summary>
    private async Task<bool> PutAsync(Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = guard.Bucket,
            Key = guard.Key,
            IfNoneMatch = UnlessThere,
            InputStream = body,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
        };
        S3Metadata.Write(metadata, request.Metadata);
        await client.PutObjectAsync(request, cancellationToken);
        return true;
    }
}
