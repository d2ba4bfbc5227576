using EtlPipeline.Core.Rows;
using EtlPipeline.Transform.Columns;

namespace EtlPipeline.Transform.Mapping;

/// <summary>Turns rows of a source table into the Parquet file of one version of a target.</summary>
internal abstract class RowTransformation : IAsyncDisposable
{
    /// <summary>How many rows the file has so far.</summary>
    public abstract long Rows { get; }

    /// <summary>Adds a row.</summary>
    /// <exception cref="InvalidRowException">It can't be transformed; nothing of it was added.</exception>
    public abstract ValueTask AddAsync(SourceRow row, RowState state, CancellationToken cancellationToken);

    /// <summary>Ends the file.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <inheritdoc cref="RowTransformation"/>
/// <param name="writer">Writes the file.</param>
/// <param name="read">Reads a row.</param>
internal sealed class RowTransformation<TRow>(ParquetTableWriter<TRow> writer, Func<SourceRow, TRow> read) : RowTransformation
{
    public override long Rows => writer.Rows;

    public override ValueTask AddAsync(SourceRow row, RowState state, CancellationToken cancellationToken) =>
        writer.AddAsync(read(row), state, row.Json.Utf8.Length, cancellationToken);

    public override Task CompleteAsync(CancellationToken cancellationToken) => writer.CompleteAsync(cancellationToken);

    public override ValueTask DisposeAsync() => writer.DisposeAsync();
}
