namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of a totesys table. Two rows are equal when all their columns are.</summary>
public interface ITotesysRow
{
    /// <summary>The primary key.</summary>
    int Key { get; }

    /// <summary>
    /// The values in column order: each an <see cref="int"/>, <see cref="string"/>, <see cref="decimal"/>, <see cref="bool"/>,
    /// <see cref="DateTime"/> or null, as <see cref="ColumnKind"/> says.
    /// </summary>
    object?[] ToValues();
}
