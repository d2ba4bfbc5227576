using System.Numerics;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Extract.Source;

/// <summary>Where the rows come from: the OLTP database, or generated sample tables.</summary>
public interface ISource
{
    /// <summary>The kind, which the metadata of every version names.</summary>
    SourceKind Kind { get; }

    /// <summary>Begins a run. Only one run for a bucket goes on at a time, over all machines: null if another one does.</summary>
    /// <param name="bucket">The name of the ingestion bucket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ISourceSession?> TryBeginAsync(string bucket, CancellationToken cancellationToken);
}

/// <summary>A run's hold on the source. Until it is disposed of, no other run for the bucket begins.</summary>
public interface ISourceSession : IAsyncDisposable
{
    /// <summary>The tables that a list stands for: what <c>*</c> means is the source's to say.</summary>
    Task<IReadOnlyList<ListedTable>> ListAsync(TableList tables, CancellationToken cancellationToken);

    /// <summary>Takes the run's one snapshot, of all tables at once.</summary>
    /// <param name="tables">The tables; one that can't be had is an error when it is described, not here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ISourceSnapshot> TakeSnapshotAsync(IReadOnlyList<ListedTable> tables, CancellationToken cancellationToken);
}

/// <summary>All tables as they were at one moment. Disposing ends the transaction, not the session.</summary>
/// <remarks>Each method throws <see cref="Core.Hosting.PipelineException"/> for what is wrong with one table; the others can be read after that.</remarks>
public interface ISourceSnapshot : IAsyncDisposable
{
    /// <summary>When the snapshot was taken, of what server, and at which transactions.</summary>
    SnapshotPoint Point { get; }

    /// <summary>The form of a table.</summary>
    Task<SourceRelation> DescribeAsync(ListedTable table, CancellationToken cancellationToken);

    /// <summary>Counts the rows of a range in one scan.</summary>
    /// <param name="relation">A relation with transaction ids.</param>
    /// <param name="range">The range.</param>
    /// <param name="since">Which rows count as changed; null for none.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    Task<RangeCount> CountAsync(SourceRelation relation, KeyRange range, ChangedSince? since, CancellationToken cancellationToken);

    /// <summary>Counts the rows of a range by segments, in one scan.</summary>
    /// <param name="relation">A relation with transaction ids.</param>
    /// <param name="range">The range.</param>
    /// <param name="bounds">The upper bounds of the segments, in key order, without the one that ends the range.</param>
    /// <param name="since">Which rows count as changed; null for none.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <returns>One count a segment: one more than there are bounds.</returns>
    Task<IReadOnlyList<SegmentCount>> CountSegmentsAsync(
        SourceRelation relation, KeyRange range, IReadOnlyList<RowKey> bounds, ChangedSince? since, CancellationToken cancellationToken);

    /// <summary>Counts all rows of a relation without transaction ids, and sums up what they hold.</summary>
    Task<ContentCount> CountContentAsync(SourceRelation relation, CancellationToken cancellationToken);

    /// <summary>Begins to read rows, in key order. One reader is open at a time.</summary>
    Task<RowReader> ReadAsync(SourceRelation relation, RowSelection selection, CancellationToken cancellationToken);

    /// <summary>Whether another session waits for something that this one holds.</summary>
    Task<bool> IsHoldingUpAsync(CancellationToken cancellationToken);
}

/// <summary>Which rows count as changed: those whose transaction was in flight at an earlier snapshot, or began after it.</summary>
/// <param name="Xmin">The oldest transaction that was in flight then.</param>
/// <param name="Seen">The transactions from there on whose rows were visible all the same.</param>
public sealed record ChangedSince(ulong Xmin, SeenTransactions Seen);

/// <summary>Which rows are read.</summary>
/// <param name="Range">The range of their keys.</param>
/// <param name="Changed">Only those that changed since; null for all.</param>
/// <param name="Limit">How many rows at most; null for all.</param>
public sealed record RowSelection(KeyRange Range, ChangedSince? Changed = null, long? Limit = null);

/// <summary>What a scan of a range has counted.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Keys">The sum of their keys' hashes.</param>
/// <param name="Changed">How many of them changed.</param>
/// <param name="Seen">The transactions of visible rows, from the snapshot's xmin on.</param>
public sealed record RangeCount(long Rows, BigInteger Keys, long Changed, IReadOnlyList<ulong> Seen);

/// <summary>What a scan has counted in a segment.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Keys">The sum of their keys' hashes.</param>
/// <param name="Changed">How many of them changed.</param>
public readonly record struct SegmentCount(long Rows, BigInteger Keys, long Changed);

/// <summary>What a scan of a relation without transaction ids has found.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Content">A short text that is another one if the rows are others.</param>
public sealed record ContentCount(long Rows, string Content);
