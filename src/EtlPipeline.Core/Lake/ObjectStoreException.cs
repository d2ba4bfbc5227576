namespace EtlPipeline.Core.Lake;

/// <summary>A bucket could not do what was asked. The message names the bucket, the key and the cause.</summary>
public sealed class ObjectStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ObjectStoreException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
