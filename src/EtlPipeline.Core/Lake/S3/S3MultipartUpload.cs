using Amazon.S3;
using Amazon.S3.Model;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>Sends a large object part by part, straight from its stream. It appears with the last request, or not at all.</summary>
internal sealed class S3MultipartUpload(IAmazonS3 client, S3Guard guard)
{
    public async Task PutAsync(Stream body, ObjectMetadata metadata, string ifNoneMatch, CancellationToken cancellationToken)
    {
        var upload = await BeginAsync(metadata, cancellationToken);
        var completed = false;
        try
        {
            var parts = await SendAsync(upload, body, cancellationToken);
            await CompleteAsync(upload, parts, ifNoneMatch, cancellationToken);
            completed = true;
        }
        finally
        {
            if (!completed) await AbortAsync(upload);
        }
    }

    private async Task<string> BeginAsync(ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = guard.Bucket, Key = guard.Key };
        S3Metadata.Write(metadata, request.Metadata);
        return (await client.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
    }

    private async Task<List<PartETag>> SendAsync(string upload, Stream body, CancellationToken cancellationToken)
    {
        var partSize = S3Part.SizeFor(body.Length - body.Position);
        var parts = new List<PartETag>();
        for (var start = body.Position; start < body.Length; start += partSize)
        {
            body.Position = start;
            var request = new UploadPartRequest
            {
                BucketName = guard.Bucket,
                Key = guard.Key,
                UploadId = upload,
                PartNumber = parts.Count + 1,
                InputStream = body,
                PartSize = Math.Min(partSize, body.Length - start),
                IsLastPart = start + partSize >= body.Length,
            };
            parts.Add(new PartETag(await client.UploadPartAsync(request, cancellationToken)));
        }

        return parts;
    }

    private async Task CompleteAsync(string upload, List<PartETag> parts, string ifNoneMatch, CancellationToken cancellationToken) =>
        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = guard.Bucket,
                Key = guard.Key,
                UploadId = upload,
                PartETags = parts,
                IfNoneMatch = ifNoneMatch,
            },
            cancellationToken);

    /// <summary>The parts cost money until they are dropped. Where that fails too, the bucket's lifecycle rule does it, and the first failure is the one to tell.</summary>
    private async Task AbortAsync(string upload)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = guard.Bucket, Key = guard.Key, UploadId = upload }, CancellationToken.None);
        }
        catch (Exception exception) when (S3Guard.IsFailure(exception, CancellationToken.None))
        {
        }
    }
}
