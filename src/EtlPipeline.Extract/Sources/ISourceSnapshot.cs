using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Sources;

/// <summary>All tables as they were at one moment. Disposing ends the transaction, not the session.</summary>
public interface ISourceSnapshot : IAsyncDisposable
{
    /// <summary>When the snapshot was taken, of what server, and at which transactions.</summary>
    SnapshotPoint Point { get; }

    /// <summary>The form of a table.</summary>
    /// <exception cref="Core.Failures.PipelineException">The table is missing, has no key, or can't be read.</exception>
    Task<SourceRelation> DescribeAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>How many rows a table has.</summary>
    Task<long> CountAsync(SourceRelation relation, CancellationToken cancellationToken);

    /// <summary>
    /// The rows that a filter lets through, in key order: each a text a column, as PostgreSQL prints it, or null. The array is reused for
    /// the next row.
    /// </summary>
    IAsyncEnumerable<string?[]> ReadAsync(SourceRelation relation, RowFilter filter, CancellationToken cancellationToken);

    /// <summary>The keys of all rows, in no order: each a text a key column. The array is reused for the next key.</summary>
    IAsyncEnumerable<string?[]> ReadKeysAsync(SourceRelation relation, CancellationToken cancellationToken);
}
