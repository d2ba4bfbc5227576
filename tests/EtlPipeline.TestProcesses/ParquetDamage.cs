using System.Buffers.Binary;

namespace EtlPipeline.TestProcesses;

/// <summary>
/// What can happen to a Parquet file, or be done to it (<i>Apache Parquet, File Format</i>: rows, the footer, the footer's length, <c>PAR1</c>). A
/// damaged footer gets its own length again, so that the damage is not found before it is read.
/// </summary>
internal static class ParquetDamage
{
    private const int TailLength = 8;

    /// <summary>Numbers as the footer and the pages hold them (Thrift's compact protocol), small, huge and negative.</summary>
    private static readonly byte[][] Numbers =
    [
        [0x00], [0x01], [0x02], [0x7F], [0xFE, 0x7F], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ];

    /// <summary>The file with one to four changes, in its rows or in its footer.</summary>
    public static byte[] Of(byte[] file, Random random)
    {
        var footerLength = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - TailLength));
        var rows = new List<byte>(file[..^(footerLength + TailLength)]);
        var footer = new List<byte>(file[^(footerLength + TailLength)..^TailLength]);
        for (var changes = random.Next(1, 5); changes > 0; changes--) Change(random.Next(3) == 0 ? rows : footer, random);
        if (random.Next(20) == 0) return [.. rows, .. footer];
        var tail = new byte[TailLength];
        BinaryPrimitives.WriteInt32LittleEndian(tail, random.Next(20) == 0 ? random.Next() : footer.Count);
        "PAR1"u8.CopyTo(tail.AsSpan(4));
        return [.. rows, .. footer, .. tail];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(bytes.Count - at + 1);
        switch (random.Next(8))
        {
            case 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 1: bytes.RemoveRange(at, Math.Min(length, 4)); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, 1000))); break;
            case 3 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 4 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            default: PutNumber(bytes, at, Numbers[random.Next(Numbers.Length)]); break;
        }
    }

    /// <summary>Puts a number in the place of the one that ends at or after a position.</summary>
    private static void PutNumber(List<byte> bytes, int at, byte[] number)
    {
        var end = at;
        while (end < bytes.Count && bytes[end] >= 0x80) end++;
        bytes.RemoveRange(at, Math.Min(end + 1, bytes.Count) - at);
        bytes.InsertRange(at, number);
    }
}
