namespace EtlPipeline.Local.Servers;

/// <summary>A private PostgreSQL could not be had; the message says what to do.</summary>
public sealed class ServerException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ServerException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
