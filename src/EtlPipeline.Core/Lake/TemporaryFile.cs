namespace EtlPipeline.Core.Lake;

/// <summary>A file in the temporary folder for what must not be held in memory. It is deleted when disposed, and by the system when the process dies.</summary>
public sealed class TemporaryFile : IAsyncDisposable
{
    private TemporaryFile(FileStream stream) => Stream = stream;

    /// <summary>The file, open for writing and reading.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes a new, empty file.</summary>
    public static TemporaryFile Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"etl-pipeline-{Path.GetRandomFileName()}");
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 1 << 16,
            Options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None),
        });

        // A file without a name is gone with its last handle, whatever ends the process. Windows deletes it on close by itself.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return new TemporaryFile(stream);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync();
        }
        catch (IOException)
        {
            // The disk is full, and what was still to be written is not wanted any more. The file is closed all the same.
        }
    }
}
