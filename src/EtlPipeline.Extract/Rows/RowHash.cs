using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EtlPipeline.Extract.Rows;

/// <summary>
/// Sixteen bytes that stand for a row or a key: itself where it is shorter, as most keys are, else what fits of its SHA-256, so that nobody
/// who can write into the source can make two rows look alike.
/// </summary>
internal static class RowHash
{
    private const int Last = 15;

    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (bytes.Length <= Last) bytes.CopyTo(hash);
        else SHA256.HashData(bytes, hash);
        // The length tells short ones apart, from each other and from the rest.
        hash[Last] = (byte)Math.Min(bytes.Length, Last + 1);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
