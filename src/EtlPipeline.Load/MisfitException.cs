namespace EtlPipeline.Load;

/// <summary>What a file holds does not fit its warehouse table; the message names table and column.</summary>
internal sealed class MisfitException(string message) : Exception(message);
