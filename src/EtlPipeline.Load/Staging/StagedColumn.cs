namespace EtlPipeline.Load.Staging;

/// <summary>A column that the file and the warehouse's table have in common.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Copy">How its values go from one into the other.</param>
internal sealed record StagedColumn(string Name, ColumnCopy Copy);
