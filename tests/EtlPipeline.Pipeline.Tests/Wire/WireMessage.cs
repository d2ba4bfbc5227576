using System.Buffers.Binary;

namespace EtlPipeline.Pipeline.Tests.Wire;

/// <summary>A message of PostgreSQL's protocol (<i>Frontend/Backend Protocol: Message Formats</i>), with its type and length in front.</summary>
internal readonly record struct WireMessage(char Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What the type of a connection's first message is taken for; it has none on the wire.</summary>
    public const char Startup = '\0';

    /// <summary>Whether the server acts on what it has received so far when this arrives: a connection, a query, a batch, data of a COPY or its end.</summary>
    public bool IsEffect => Type is Startup or 'Q' or 'S' or 'd' or 'c';

    /// <summary>Whether the server has done what it was asked for, or waits for the data of a COPY.</summary>
    public bool IsAnswered => Type is 'Z' or 'G' or 'H';

    /// <summary>Whether it carries rows: data of a COPY, or a row of a query's result.</summary>
    public bool HasRows => Type is 'd' or 'D';

    /// <summary>Reads a message; null if the stream has ended.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream stream, bool isFirst, CancellationToken cancellationToken)
    {
        var header = new byte[isFirst ? 4 : 5];
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(header.Length - 4));
        var bytes = new byte[header.Length - 4 + length];
        header.CopyTo(bytes, 0);
        await stream.ReadExactlyAsync(bytes.AsMemory(header.Length), cancellationToken);
        return new WireMessage(isFirst ? Startup : (char)header[0], bytes);
    }
}
