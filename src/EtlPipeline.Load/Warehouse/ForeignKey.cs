namespace EtlPipeline.Load.Warehouse;

/// <summary>A column that refers to a dimension.</summary>
/// <param name="Column">The column.</param>
/// <param name="Dimension">The dimension, in the warehouse's schema.</param>
/// <param name="DimensionKey">The dimension's column that it refers to.</param>
/// <param name="UnknownColumns">The other columns that a member must have.</param>
/// <param name="UnknownValues">What an inferred member has in them, as SQL that the server made; as many as there are columns.</param>
internal sealed record ForeignKey(
    string Column, string Dimension, string DimensionKey, IReadOnlyList<string> UnknownColumns, IReadOnlyList<string> UnknownValues);
