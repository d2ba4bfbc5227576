namespace EtlPipeline.Core.Lake;

/// <summary>A table of the source that the pipeline knows by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LookUp">The table whose columns its dimension carries too, such as <c>department</c> for <c>staff</c>; null for most.</param>
public sealed record SourceTable(TableName Name, TableName? LookUp = null);
