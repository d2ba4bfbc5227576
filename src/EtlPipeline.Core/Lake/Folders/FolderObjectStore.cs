using System.Runtime.CompilerServices;

namespace EtlPipeline.Core.Lake.Folders;

/// <summary>
/// A bucket that is a folder: an object's body is the file that its key names, so that the lake can be read with any tool, and its metadata
/// lies beside, under <c>.objects/</c>.
/// </summary>
/// <remarks>
/// The entry under <c>.objects/</c> is what makes an object exist. It is linked into place in one step that only one of several writers can
/// take, and it names the upload that holds the body until that is moved to its readable place; a reader looks in both. A file that
/// somebody put into the folder by hand is an object without metadata. A body that somebody deleted by hand can't be read any more, and its
/// key stays taken.
/// </remarks>
public sealed class FolderObjectStore : IObjectStore
{
    private readonly FolderLayout _layout;

    /// <summary>Opens a bucket; the folder is made if it is missing.</summary>
    /// <param name="folder">The bucket's folder.</param>
    /// <exception cref="ObjectStoreException">The folder can't be made.</exception>
    public FolderObjectStore(string folder)
    {
        _layout = new FolderLayout(Path.GetFullPath(folder));
        Name = new Uri(_layout.Root).AbsoluteUri;
        Guard(string.Empty, () =>
        {
            Directory.CreateDirectory(_layout.Root);
            Directory.CreateDirectory(_layout.Entries);
            Directory.CreateDirectory(_layout.Uploads);
        });
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await OpenAsync(key, 0, cancellationToken);
        return stored?.Description;
    }

    /// <inheritdoc/>
    public async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await ObjectEntry.ReadAsync(_layout.EntryOf(key), cancellationToken);
            var body = entry is null ? FolderLayout.TryOpen(_layout.BodyOf(key)) : OpenBody(key, entry);
            if (body is null) return null;
            var description = new ObjectDescription(body.Length, entry?.ToMetadata() ?? ObjectMetadata.Empty);
            body.Position = Math.Min(offset, body.Length);
            return new StoredObject(description, body);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(key, exception);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var upload = new FolderUpload(_layout, key);
        try
        {
            if (File.Exists(_layout.BodyOf(key)) || File.Exists(_layout.EntryOf(key))) return false;
            await upload.WriteBodyAsync(body, cancellationToken);
            await upload.WriteEntryAsync(metadata, cancellationToken);
            if (!upload.TryPublish()) return false;
            upload.MoveBody();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(key, exception);
        }
        finally
        {
            upload.Clear();
        }
    }

    /// <inheritdoc/>
    public async Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken)
    {
        var upload = new FolderUpload(_layout, key);
        try
        {
            await upload.WriteBodyAsync(body, cancellationToken);
            upload.ReplaceBody();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(key, exception);
        }
        finally
        {
            upload.Clear();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        Guard(prefix, () => keys.UnionWith(_layout.Keys(prefix)));
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (after is null || string.CompareOrdinal(key, after) > 0) yield return key;
        }

        await Task.CompletedTask;
    }

    /// <summary>The body of an object that has an entry; null if somebody deleted it. It may move from its upload to its readable place while we look.</summary>
    private FileStream? OpenBody(string key, ObjectEntry entry) =>
        FolderLayout.TryOpen(_layout.BodyOf(key))
        ?? FolderLayout.TryOpen(_layout.UploadOf(entry.Upload))
        ?? FolderLayout.TryOpen(_layout.BodyOf(key));

    private void Guard(string key, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(key, exception);
        }
    }

    private ObjectStoreException Failure(string key, Exception exception) => new($"Bucket {Name}, key '{key}': {exception.Message}{Advice(exception)}", exception);

    private string Advice(Exception exception) => exception is UnauthorizedAccessException || exception.Message.StartsWith("Read-only file system", StringComparison.Ordinal)
        ? $". Let this account write there (chmod -R u+w {_layout.Root}), or name another folder in AWS_INGEST_BUCKET and AWS_PROCESS_BUCKET"
        : string.Empty;
}
