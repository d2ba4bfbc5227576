namespace EtlPipeline.Core.Rows;

/// <summary>What a row of a version may be at most. Extract writes no row beyond it, and none is read.</summary>
public static class RowLimits
{
    /// <summary>Bytes of a row as JSON: 32 MiB. With its buffers, its texts and its Parquet, one such row fits into a function of 512 MB.</summary>
    public const int Bytes = 32 << 20;

    /// <summary>Columns of a row: ten times as many as a table of PostgreSQL can have (<i>PostgreSQL Limits</i>: 1,600).</summary>
    public const int Columns = 16_000;
}
