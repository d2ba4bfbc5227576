using System.Security.Cryptography;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Parquet;

/// <summary>A version as it lies in the processed bucket: its Parquet file, brought here, and what Transform says about it.</summary>
internal sealed class ProcessedVersion : IDisposable
{
    private ProcessedVersion(ParquetFile file, ParquetMetadata metadata)
    {
        (File, Metadata) = (file, metadata);
        Description = ReadDescription(file);
        Rejected = file.Columns.FirstOrDefault(column => column.Name == ParquetKeys.RejectedColumn)
            ?? throw new DamagedParquetException($"it has no column '{ParquetKeys.RejectedColumn}'");
        Range = metadata.Kind == VersionKind.Chunk ? ReadRange(file, Description.TableKey, metadata.IsSegmented) : null;
        IsUntold = metadata.Kind == VersionKind.Chunk && Range is null;
    }

    /// <summary>The file.</summary>
    public ParquetFile File { get; }

    /// <summary>What lies beside it.</summary>
    public ParquetMetadata Metadata { get; }

    /// <summary>What the target says of itself.</summary>
    public TargetDescription Description { get; }

    /// <summary>The column with the reasons why rows were rejected.</summary>
    public ParquetColumn Rejected { get; }

    /// <summary>The keys whose rows a chunk holds; null for changes, and if the range can't be told in the target's key.</summary>
    public KeyRange? Range { get; }

    /// <summary>Whether this is a chunk of a part of the table whose range can't be told in the target's key.</summary>
    public bool IsUntold { get; }

    /// <summary>Reads what lies beside a version; null if it is damaged.</summary>
    /// <exception cref="PipelineException">Another format of the pipeline wrote it.</exception>
    public static ParquetMetadata? ReadMetadata(ObjectMetadata metadata, string bucket, VersionKey version)
    {
        if (metadata["format"] is { } format && format != VersionMetadata.CurrentFormat)
        {
            throw new PipelineException(
                $"Bucket {bucket}, key '{version.Parquet}': it is of format {format}, and this software reads format {VersionMetadata.CurrentFormat}. "
                + (format == "1" ? "Begin anew with new buckets: set AWS_INGEST_BUCKET and AWS_PROCESS_BUCKET to empty ones." : "Deploy the newer software to Load too."));
        }

        return ParquetMetadata.Read(metadata);
    }

    /// <summary>Brings the file here and opens it.</summary>
    /// <exception cref="DamagedParquetException">The object is gone, or not the file that its metadata speak of.</exception>
    public static async Task<ProcessedVersion> OpenAsync(
        IObjectStore bucket, VersionKey version, ParquetMetadata metadata, ParquetReader reader, CancellationToken cancellationToken)
    {
        var path = reader.NewPath();
        try
        {
            // DuckDB is native code: a file that something has happened to could take the process, so it isn't opened at all.
            if (await DownloadAsync(bucket, version, path, cancellationToken) != metadata.Sha256)
                throw new DamagedParquetException("something has damaged or replaced the file since Transform wrote it (its SHA-256 isn't the one in its metadata)");
            var opened = new ProcessedVersion(reader.Open(path), metadata);
            return metadata.Rows + metadata.Rejected == opened.File.Rows && opened.Description.Name == version.Table
                ? opened
                : throw new DamagedParquetException($"it has {opened.File.Rows} rows of '{opened.Description.Name}', and its metadata says {metadata.Rows + metadata.Rejected}");
        }
        catch
        {
            System.IO.File.Delete(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();

    private static async Task<string> DownloadAsync(IObjectStore bucket, VersionKey version, string path, CancellationToken cancellationToken)
    {
        await using var stored = await bucket.OpenAsync(version.Parquet, 0, cancellationToken)
            ?? throw new DamagedParquetException("the object is no longer there");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        var buffer = new byte[1 << 17];
        for (int read; (read = await stored.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static TargetDescription ReadDescription(ParquetFile file)
    {
        try
        {
            var json = file.Metadata.GetValueOrDefault(ParquetKeys.Target) ?? throw new DamagedParquetException($"it has no '{ParquetKeys.Target}' in its metadata");
            return TargetDescription.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        }
        catch (FormatException exception)
        {
            throw new DamagedParquetException(exception.Message);
        }
    }

    /// <summary>A range that can't be told still holds all keys if the table is one segment.</summary>
    private static KeyRange? ReadRange(ParquetFile file, TableKey key, bool isSegmented) => file.Metadata.GetValueOrDefault(ParquetKeys.Range) switch
    {
        "told" => new KeyRange(ReadBound(file, ParquetKeys.From, key), ReadBound(file, ParquetKeys.To, key)),
        "untold" => isSegmented ? null : KeyRange.All,
        _ => throw new DamagedParquetException($"it is a chunk, and its '{ParquetKeys.Range}' is neither told nor untold"),
    };

    private static RowKey? ReadBound(ParquetFile file, string name, TableKey key)
    {
        if (file.Metadata.GetValueOrDefault(name) is not { } json) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var bound = new RowKey(document.RootElement.EnumerateArray().Select(value => value.GetString() ?? throw new JsonException()));
            if (key.Fits(bound)) return bound;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
        }

        throw new DamagedParquetException($"its '{name}' isn't a key of the target");
    }
}
