using Amazon.Runtime;
using Amazon.S3;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>Makes the client of S3 that the pipeline uses.</summary>
internal static class S3Client
{
    /// <summary>Makes a client; credentials and region are found as the AWS SDK finds them.</summary>
    /// <param name="endpoint">A server that speaks S3's protocol; null for Amazon's.</param>
    public static AmazonS3Client Create(Uri? endpoint)
    {
        var config = new AmazonS3Config
        {
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 5,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // For the headers of an answer, and for the body of a request: a part of an upload, not an object.
            Timeout = TimeSpan.FromSeconds(60),
        };
        if (endpoint is null) return new AmazonS3Client(config);
        config.ServiceURL = endpoint.AbsoluteUri;
        config.ForcePathStyle = true;
        return new AmazonS3Client(config);
    }
}
