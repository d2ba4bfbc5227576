namespace EtlPipeline.Core.Lake.S3;

/// <summary>How large the parts of a large object are (Amazon S3, <i>Multipart upload limits</i>: at least 5 MiB, at most 10,000 of them).</summary>
internal static class S3Part
{
    /// <summary>Bytes of a part, and of an object that is sent whole; what a broken connection costs to send again.</summary>
    public const long SmallestSize = 8 << 20;

    private const int MostParts = 10_000;

    /// <summary>Bytes of a part of an object of the given size.</summary>
    public static long SizeFor(long length) => Math.Max(SmallestSize, (length + MostParts - 1) / MostParts);
}
