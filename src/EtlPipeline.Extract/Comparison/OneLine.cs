namespace EtlPipeline.Extract.Comparison;

/// <summary>Puts a row on one line. In JSON a line break can only lie between tokens, where a blank does as well.</summary>
internal static class OneLine
{
    /// <summary>The row in a buffer that is grown as need be and lasts until the next row.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> row, ref byte[] buffer)
    {
        if (buffer.Length < row.Length) buffer = new byte[row.Length * 2];
        var line = buffer.AsSpan(0, row.Length);
        row.CopyTo(line);
        line.Replace((byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        return buffer.AsMemory(0, row.Length);
    }
}
