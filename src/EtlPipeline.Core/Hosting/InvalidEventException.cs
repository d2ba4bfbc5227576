namespace EtlPipeline.Core.Hosting;

/// <summary>An event is not what its function understands; the message says what was expected.</summary>
public sealed class InvalidEventException : Exception
{
    /// <summary>Makes the exception.</summary>
    public InvalidEventException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
