namespace EtlPipeline.Transform.Ingestion;

/// <summary>The look-up table has no version that goes with a version of the table that needs it, or one that can't be read.</summary>
internal sealed class LookUpUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
