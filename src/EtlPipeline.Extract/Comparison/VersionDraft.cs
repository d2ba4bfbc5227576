using EtlPipeline.Extract.Rows;

namespace EtlPipeline.Extract.Comparison;

/// <summary>A version that is complete but for its metadata, in temporary files.</summary>
/// <param name="depth">What it was compared with.</param>
internal sealed class VersionDraft(ComparisonDepth depth) : IAsyncDisposable
{
    /// <summary>What it was compared with.</summary>
    public ComparisonDepth Depth => depth;

    /// <summary>All rows: the unchanged ones, then the new and changed ones in key order.</summary>
    public RowSpool Rows { get; } = new();

    /// <summary>The rows that have vanished, as last seen.</summary>
    public RowSpool Deleted { get; } = new();

    /// <summary>How many rows were read from the source.</summary>
    public long Read { get; set; }

    /// <summary>How many of the last rows are new or changed.</summary>
    public long Changed { get; set; }

    /// <summary>The byte at which they begin.</summary>
    public long ChangedFrom { get; set; }

    /// <summary>How many rows the newest version had; 0 where there was none that could be read.</summary>
    public long RowsBefore { get; set; }

    /// <summary>How many of them are gone.</summary>
    public long Lost => depth == ComparisonDepth.None ? Math.Max(0, RowsBefore - Rows.Count) : Deleted.Count;

    /// <summary>Counts every row as changed, because the look-up that they go with has changed.</summary>
    public void CountAllAsChanged() => (Changed, ChangedFrom) = (Rows.Count, RowSpool.FirstRowOffset);

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Rows.CompleteAsync(cancellationToken);
        await Deleted.CompleteAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await Deleted.DisposeAsync();
    }
}
