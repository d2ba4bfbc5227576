namespace EtlPipeline.Core.Rows;

/// <summary>A body is not a JSON array of objects. The message says what was found at which byte; the caller adds the key.</summary>
public sealed class UnreadableRowsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="byteOffset">Bytes from the beginning of the object to the fault.</param>
    /// <param name="reason">What is wrong there, without any value.</param>
    /// <param name="innerException">The JSON reader's exception.</param>
    public UnreadableRowsException(long byteOffset, string reason, Exception? innerException = null)
        : base($"{reason} at byte {byteOffset}", innerException) => ByteOffset = byteOffset;

    /// <summary>Bytes from the beginning of the object to the fault.</summary>
    public long ByteOffset { get; }
}
