using EtlPipeline.Core.Rows;

namespace EtlPipeline.Extract.Sources;

/// <summary>A column of the source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Format">How its values are written in JSON.</param>
public sealed record SourceColumn(ColumnName Name, ColumnFormat Format);
