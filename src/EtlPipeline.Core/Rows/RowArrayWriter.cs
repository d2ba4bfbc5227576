using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>How the pipeline writes JSON rows: no white space inside a row, and no more escapes than JSON asks for, so that people can read it.</summary>
public static class RowJson
{
    /// <summary>The encoder; the rows are files, and are never put into a web page as they are.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The options of every row writer. Its calls are ours, so they are not checked a second time.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Encoder, SkipValidation = true };
}

/// <summary>Writes rows as a JSON array, one row a line. The stream is left open.</summary>
/// <param name="stream">Where the array goes; its position is where the array begins.</param>
public sealed class RowArrayWriter(Stream stream)
{
    private static readonly byte[] First = "[\n"u8.ToArray();
    private static readonly byte[] Separator = ",\n"u8.ToArray();
    private static readonly byte[] EmptyEnd = "[\n]\n"u8.ToArray();
    private static readonly byte[] End = "\n]\n"u8.ToArray();

    private long _length;

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes from the beginning of the array to the first byte of the row that comes next.</summary>
    public long NextRowOffset => Rows == 0 ? 2 : _length + 2;

    /// <summary>Writes a row, given as a JSON object without line breaks.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        await AppendAsync(Rows == 0 ? First : Separator, cancellationToken);
        await AppendAsync(row, cancellationToken);
        Rows++;
    }

    /// <summary>Ends the array.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await AppendAsync(Rows == 0 ? EmptyEnd : End, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        _length += bytes.Length;
    }
}
