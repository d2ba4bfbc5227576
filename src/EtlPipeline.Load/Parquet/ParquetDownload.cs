using System.Security.Cryptography;

namespace EtlPipeline.Load.Parquet;

/// <summary>A file in a private temporary folder, because DuckDB opens files by their path. Both are gone when disposed.</summary>
internal sealed class ParquetDownload : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-pipeline-");

    private ParquetDownload()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "version.parquet");

    /// <summary>The hash of what came, as <see cref="Core.Lake.ProcessedMetadata.Sha256"/> has it.</summary>
    public string Sha256 { get; private set; } = string.Empty;

    /// <summary>Reads a body to its end.</summary>
    public static async Task<ParquetDownload> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var download = new ParquetDownload();
        try
        {
            await using var file = new FileStream(download.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous);
            await body.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            download.Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            return download;
        }
        catch
        {
            download.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
