using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Transform.Columns;
using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Processing;

/// <summary>A version of a target while it is made: its Parquet file and its rejected rows, in temporary files.</summary>
internal sealed class VersionDraft : IAsyncDisposable
{
    private readonly ITarget _target;
    private readonly RowScope _scope;
    private readonly TemporaryFile _parquet;
    private readonly RowTransformation _rows;
    private bool _isComplete;

    private VersionDraft(ITarget target, RowScope scope, TemporaryFile parquet, RowTransformation rows) =>
        (_target, _scope, _parquet, _rows) = (target, scope, parquet, rows);

    public RejectedRows Rejected { get; } = new();

    /// <summary>What the version's object will carry.</summary>
    public ProcessedMetadata Metadata => new()
    {
        Rows = _rows.Rows,
        Rejected = Rejected.Count,
        IsWhole = _scope == RowScope.All,
        IsUnreadable = _scope == RowScope.Unreadable,
        KeyColumn = _target.KeyColumn,
    };

    /// <summary>Begins a version without rows.</summary>
    public static async Task<VersionDraft> BeginAsync(
        ITarget target, RowScope scope, LookUpRows? lookUp, CancellationToken cancellationToken)
    {
        var parquet = TemporaryFile.Create();
        try
        {
            return new VersionDraft(target, scope, parquet, await target.BeginAsync(parquet.Stream, lookUp, cancellationToken));
        }
        catch
        {
            await parquet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds all rows of a reader, in their order; those that can't be transformed to <see cref="Rejected"/>.</summary>
    /// <exception cref="UnreadableRowsException">The body is not a JSON array of objects. Some rows may have been added.</exception>
    public async Task AddAsync(JsonRowReader reader, RowState state, CancellationToken cancellationToken)
    {
        var row = new SourceRow(reader.Current);
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                await _rows.AddAsync(row, state, cancellationToken);
            }
            catch (InvalidRowException exception)
            {
                await Rejected.AddAsync(exception.Message, row.Json, cancellationToken);
            }
        }
    }

    /// <summary>Ends the Parquet file.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _rows.CompleteAsync(cancellationToken);
        _isComplete = true;
        await _rows.DisposeAsync();
    }

    /// <summary>Writes the rejected rows, and then the version itself; false where there is one already.</summary>
    public async Task<bool> PutAsync(IObjectStore processed, VersionKey key, CancellationToken cancellationToken)
    {
        await Rejected.PutAsync(processed, key.RejectedRows, cancellationToken);
        return await ProcessedObject.PutAsync(processed, key, _parquet, Metadata, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // It writes what it holds, and fails where the disk is full.
            if (!_isComplete) await _rows.DisposeAsync();
        }
        finally
        {
            await _parquet.DisposeAsync();
            await Rejected.DisposeAsync();
        }
    }
}
