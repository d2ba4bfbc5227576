using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.SetUp;

/// <summary>Checks that a bucket can be written, read and listed, and doesn't overwrite an object if told not to.</summary>
/// <param name="name">What the settings call the bucket.</param>
/// <param name="setting">The setting that names it.</param>
/// <param name="buckets">Opens it.</param>
internal sealed class BucketCheck(string name, string setting, ObjectStores buckets)
{
    // One object, which stays because the pipeline has no right to delete. No table can have such a name.
    private const string Key = "etl-check/probe";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        var subject = $"bucket {name}";
        try
        {
            var bucket = buckets.Open(name);
            await PutAsync(bucket, cancellationToken);
            if (await PutAsync(bucket, cancellationToken))
                return Finding.Fault(subject, "it overwrites an existing object although it was told not to (If-None-Match)", $"Set {setting} to a bucket of a store that supports conditional writes, such as Amazon S3.");
            if (await bucket.DescribeAsync(Key, cancellationToken) is null)
                return Finding.Fault(subject, "what was written can't be read", "Allow s3:GetObject on its objects.");
            var isListed = await bucket.ListAsync("etl-check/", null, cancellationToken).ContainsAsync(Key, cancellationToken: cancellationToken);
            return isListed
                ? Finding.Fine(subject, "can be written, read and listed, and never overwrites an object")
                : Finding.Fault(subject, "what was written isn't listed", "Allow s3:ListBucket on it.");
        }
        catch (ObjectStoreException exception)
        {
            return Finding.Fault(subject, exception.Message, $"Mend {setting}, the region (AWS_REGION), or the credentials and their rights (s3:GetObject, s3:PutObject, s3:ListBucket).");
        }
    }

    private static async Task<bool> PutAsync(IObjectStore bucket, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream("check"u8.ToArray());
        return await bucket.PutIfAbsentAsync(Key, body, ObjectMetadata.Empty, cancellationToken);
    }
}
