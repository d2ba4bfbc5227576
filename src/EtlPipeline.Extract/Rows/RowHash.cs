using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EtlPipeline.Extract.Rows;

/// <summary>
/// Sixteen bytes that stand for a row or a key: the first half of its SHA-256, so that nobody who can write into the source can make two
/// rows look alike.
/// </summary>
internal static class RowHash
{
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
