using System.Globalization;
using Amazon.S3.Model;

namespace EtlPipeline.Core.Lake.S3;

/// <summary>User metadata and sizes, as S3's headers carry them.</summary>
internal static class S3Metadata
{
    private const string Prefix = "x-amz-meta-";

    public static ObjectMetadata Read(MetadataCollection headers)
    {
        var metadata = new ObjectMetadata();
        foreach (var name in headers.Keys) metadata.Add(name[Prefix.Length..], headers[name]);
        return metadata;
    }

    public static void Write(ObjectMetadata metadata, MetadataCollection headers)
    {
        foreach (var (name, value) in metadata) headers.Add(Prefix + name, value);
    }

    /// <summary>The size of the object that an answer holds a part of: the number after the slash of <c>Content-Range: bytes 5-9/10</c>.</summary>
    public static long WholeSize(GetObjectResponse response)
    {
        var slash = response.ContentRange?.LastIndexOf('/') ?? -1;
        return slash >= 0 && long.TryParse(response.ContentRange.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : response.ContentLength;
    }
}
