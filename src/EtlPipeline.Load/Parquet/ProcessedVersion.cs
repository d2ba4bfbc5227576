using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Parquet;

/// <summary>A version as it lies in the processed bucket: its Parquet file, brought here, and what Transform says about it.</summary>
internal sealed class ProcessedVersion : IDisposable
{
    private readonly ParquetDownload _download;

    private ProcessedVersion(ParquetDownload download, ParquetFile file, ProcessedMetadata? metadata)
    {
        _download = download;
        File = file;
        Metadata = metadata;
    }

    public ParquetFile File { get; }

    /// <summary>Null where it is missing or damaged; the version is then taken for one of changes only.</summary>
    public ProcessedMetadata? Metadata { get; }

    /// <summary>The business key: by contract the first column of the file.</summary>
    public string? KeyColumn => Metadata?.KeyColumn ?? (File.Columns.Count == 0 ? null : File.Columns[0].Name);

    /// <exception cref="DamagedParquetException">The object is gone, or no Parquet file of so many rows as it should have.</exception>
    public static async Task<ProcessedVersion> OpenAsync(IObjectStore bucket, VersionKey version, CancellationToken cancellationToken)
    {
        await using var stored = await bucket.OpenAsync(version.Parquet, 0, cancellationToken)
            ?? throw new DamagedParquetException("the object is no longer there");
        var metadata = ProcessedMetadata.Read(stored.Description.Metadata);
        var download = await ParquetDownload.ReadAsync(stored.Body, cancellationToken);
        try
        {
            return new ProcessedVersion(download, OpenFile(download, metadata), metadata);
        }
        catch
        {
            download.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Dispose();
        _download.Dispose();
    }

    private static ParquetFile OpenFile(ParquetDownload download, ProcessedMetadata? metadata)
    {
        // DuckDB is native code: a file that something has happened to could take the process, so it is not opened at all.
        if (metadata?.Sha256 is { } expected && expected != download.Sha256)
            throw new DamagedParquetException("it is not the file that Transform wrote: its SHA-256 is another than its metadata says");
        var file = ParquetFile.Open(download.Path);
        if (metadata is null || metadata.Rows == file.Rows) return file;
        file.Dispose();
        throw new DamagedParquetException($"the file has {file.Rows} rows, and its metadata says {metadata.Rows}");
    }
}
