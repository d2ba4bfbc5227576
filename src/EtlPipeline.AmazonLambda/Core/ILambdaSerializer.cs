namespace Amazon.Lambda.Core;

/// <summary>Turns events into objects, and objects into answers.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads an event.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <param name="requestStream">The event.</param>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes an answer.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="response">The answer.</param>
    /// <param name="responseStream">Where it goes.</param>
    void Serialize<T>(T response, Stream responseStream);
}
