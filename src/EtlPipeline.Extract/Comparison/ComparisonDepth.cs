namespace EtlPipeline.Extract.Comparison;

/// <summary>How much of a table a version draft was compared with.</summary>
internal enum ComparisonDepth
{
    /// <summary>With nothing: every row is written as changed.</summary>
    None,

    /// <summary>The rows that may have changed were.</summary>
    ChangedRows,

    /// <summary>All rows were.</summary>
    AllRows,
}
