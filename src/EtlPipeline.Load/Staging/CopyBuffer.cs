using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EtlPipeline.Load.Staging;

/// <summary>Rows in the binary form of COPY (<i>PostgreSQL, COPY: Binary Format</i>), put together where they are sent from.</summary>
internal sealed class CopyBuffer
{
    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private byte[] _bytes = new byte[1 << 20];

    /// <summary>What is there to be sent.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Bytes that are there to be sent.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets what was sent.</summary>
    public void Clear() => Length = 0;

    public void WriteHeader() => WriteBytes(Signature);

    public void WriteTrailer() => BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);

    public void WriteRowHeader(int columns) => BinaryPrimitives.WriteInt16BigEndian(Take(2), (short)columns);

    public void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void WriteBoolean(bool value)
    {
        var to = Take(5);
        BinaryPrimitives.WriteInt32BigEndian(to, 1);
        to[4] = value ? (byte)1 : (byte)0;
    }

    public void WriteInt16(short value)
    {
        var to = Take(6);
        BinaryPrimitives.WriteInt32BigEndian(to, 2);
        BinaryPrimitives.WriteInt16BigEndian(to[4..], value);
    }

    public void WriteInt32(int value)
    {
        var to = Take(8);
        BinaryPrimitives.WriteInt32BigEndian(to, 4);
        BinaryPrimitives.WriteInt32BigEndian(to[4..], value);
    }

    public void WriteInt64(long value)
    {
        var to = Take(12);
        BinaryPrimitives.WriteInt32BigEndian(to, 8);
        BinaryPrimitives.WriteInt64BigEndian(to[4..], value);
    }

    public void WriteSingle(float value) => WriteInt32(BitConverter.SingleToInt32Bits(value));

    public void WriteDouble(double value) => WriteInt64(BitConverter.DoubleToInt64Bits(value));

    public void WriteText(ReadOnlySpan<byte> utf8)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), utf8.Length);
        WriteBytes(utf8);
    }

    /// <summary>Writes a numeric (<i>PostgreSQL, numeric_recv</i>): digits to the base of 10,000, the point between two of them.</summary>
    /// <param name="unscaled">The number without its point.</param>
    /// <param name="scale">Digits after the point.</param>
    public void WriteNumeric(Int128 unscaled, int scale)
    {
        Span<short> digits = stackalloc short[12];
        var rest = (UInt128)Int128.Abs(unscaled);
        for (var pad = scale; pad % 4 != 0; pad++) rest *= 10;
        var (count, trailing) = (0, 0);
        var low = rest <= ulong.MaxValue ? (ulong)rest : 0;
        if (rest > ulong.MaxValue)
        {
            for (; rest > ulong.MaxValue; rest /= 10_000) digits[count++] = (short)(ushort)(rest % 10_000);
            low = (ulong)rest;
        }

        for (; low > 0; low /= 10_000) digits[count++] = (short)(low % 10_000);
        while (trailing < count && digits[trailing] == 0) trailing++;
        var to = Take(12 + 2 * (count - trailing));
        BinaryPrimitives.WriteInt32BigEndian(to, 8 + 2 * (count - trailing));
        BinaryPrimitives.WriteInt16BigEndian(to[4..], (short)(count - trailing));
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)(count - (scale + 3) / 4 - 1));
        BinaryPrimitives.WriteInt16BigEndian(to[8..], unscaled < 0 ? (short)0x4000 : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(to[10..], (short)scale);
        for (var i = count - 1; i >= trailing; i--) BinaryPrimitives.WriteInt16BigEndian(to[(12 + 2 * (count - 1 - i))..], digits[i]);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Take(int length)
    {
        if (Length + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));
        var taken = _bytes.AsSpan(Length, length);
        Length += length;
        return taken;
    }
}
