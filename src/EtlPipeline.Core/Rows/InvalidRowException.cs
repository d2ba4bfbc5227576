namespace EtlPipeline.Core.Rows;

/// <summary>A row, or a value of it, is not what its table asks for. The message says why, and names the column, but never a value.</summary>
public sealed class InvalidRowException : Exception
{
    /// <summary>Makes the exception.</summary>
    public InvalidRowException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
