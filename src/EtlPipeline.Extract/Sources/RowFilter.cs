namespace EtlPipeline.Extract.Sources;

/// <summary>Which rows of a table are read.</summary>
public abstract record RowFilter
{
    private RowFilter()
    {
    }

    /// <summary>Every row.</summary>
    public sealed record All : RowFilter;

    /// <summary>The rows that may have changed since an earlier snapshot; never fewer.</summary>
    /// <param name="ExtractedAt">When that snapshot was taken, by the source's clock, in UTC.</param>
    /// <param name="Xmin">The oldest transaction that was in flight at it.</param>
    public sealed record ChangedSince(DateTimeOffset ExtractedAt, ulong Xmin) : RowFilter;
}
