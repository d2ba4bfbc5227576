using System.Security.Cryptography;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Transform.Parquet;

namespace EtlPipeline.Transform.Mapping;

/// <summary>A version of a target while it is made: its Parquet file and its rejected rows, in temporary files.</summary>
internal sealed class VersionDraft : IAsyncDisposable
{
    private readonly ParquetMetadata _metadata;
    private readonly TemporaryFile _file;
    private readonly TargetRows _rows;
    private readonly ParquetTableWriter _writer;

    private VersionDraft(ParquetMetadata metadata, TemporaryFile file, TargetRows rows, ParquetTableWriter writer) =>
        (_metadata, _file, _rows, _writer) = (metadata, file, rows, writer);

    public RejectedRows Rejected { get; } = new();

    /// <summary>How many good rows there are.</summary>
    public long Rows => _writer.Rows - Rejected.Count;

    /// <summary>Bytes of the Parquet file.</summary>
    public long Bytes => _file.Stream.Length;

    /// <summary>Begins a version without rows.</summary>
    public static async Task<VersionDraft> BeginAsync(
        ITarget target, ParquetMetadata metadata, IReadOnlyDictionary<string, string> fileMetadata, CancellationToken cancellationToken)
    {
        var file = TemporaryFile.Create();
        try
        {
            var rows = target.CreateRows();
            return new VersionDraft(metadata, file, rows, await ParquetTableWriter.CreateAsync(rows, file.Stream, fileMetadata, cancellationToken));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds all rows of a reader, in their order; those that can't be transformed to <see cref="Rejected"/>, too.</summary>
    /// <exception cref="UnreadableRowsException">The body isn't a JSON array of objects. Some rows may have been added.</exception>
    public async Task AddAsync(JsonRowReader reader, LookUpRows lookUps, CancellationToken cancellationToken)
    {
        var row = new SourceRow(reader.Current, lookUps);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (_rows.Add(row) is { } reason) await Rejected.AddAsync(reason, row.Json, cancellationToken);
            await _writer.AddedAsync(row.Json.Utf8.Length, cancellationToken);
        }
    }

    /// <summary>Ends the Parquet file.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _writer.CompleteAsync(cancellationToken);
        await Rejected.CompleteAsync(cancellationToken);
    }

    /// <summary>Writes the rejected rows, and then the version itself; false if there is one already.</summary>
    public async Task<bool> PutAsync(IObjectStore processed, VersionKey key, CancellationToken cancellationToken)
    {
        await Rejected.PutAsync(processed, key.RejectedRows, cancellationToken);
        _file.Stream.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(_file.Stream, cancellationToken));
        _file.Stream.Position = 0;
        var metadata = _metadata with { Rows = Rows, Rejected = Rejected.Count, Sha256 = hash };
        return await processed.PutIfAbsentAsync(key.Parquet, _file.Stream, metadata.ToObjectMetadata(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _file.DisposeAsync();
        await Rejected.DisposeAsync();
    }
}
