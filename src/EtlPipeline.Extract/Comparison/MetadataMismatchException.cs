namespace EtlPipeline.Extract.Comparison;

/// <summary>The newest version's body is not what its metadata says, so all rows have to be compared.</summary>
internal sealed class MetadataMismatchException : Exception;
