namespace EtlPipeline.SampleData.Tables;

/// <summary>A column of a totesys table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
public sealed record TotesysColumn(string Name, ColumnKind Kind);
