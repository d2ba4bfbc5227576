using System.Text.Json;

namespace EtlPipeline.Core.Lake.Folders;

/// <summary>One attempt to write an object: its files lie under <c>.uploads/</c> until they are complete.</summary>
internal sealed class FolderUpload(FolderLayout layout, string key)
{
    private readonly string _name = Path.GetRandomFileName();
    private bool _isPublished;

    private string BodyUpload => layout.UploadOf(_name);

    private string EntryUpload => layout.UploadOf(_name + ".entry");

    public async Task WriteBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var file = New(BodyUpload);
        await body.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    public async Task WriteEntryAsync(ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        await using var file = New(EntryUpload);
        await JsonSerializer.SerializeAsync(file, ObjectEntry.Of(_name, metadata), ObjectEntryContext.Default.ObjectEntry, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The one step that makes the object exist; false if another writer took it first.</summary>
    public bool TryPublish() => _isPublished = AtomicFile.TryCreate(EntryUpload, Parent(layout.EntryOf(key)));

    public void MoveBody() => File.Move(BodyUpload, Parent(layout.BodyOf(key)), overwrite: true);

    public void ReplaceBody() => MoveBody();

    /// <summary>Removes what is left of the attempt, unless it is the body of a published object that could not be moved.</summary>
    public void Clear()
    {
        File.Delete(EntryUpload);
        if (!_isPublished) File.Delete(BodyUpload);
    }

    private static FileStream New(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);

    private static string Parent(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
