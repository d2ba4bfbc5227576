namespace EtlPipeline.Core.Lake.Folders;

/// <summary>Where the parts of a folder bucket lie.</summary>
/// <param name="root">The bucket's folder, as a full path.</param>
internal sealed class FolderLayout(string root)
{
    private const string EntrySuffix = ".entry";

    public string Root => root;

    public string Entries { get; } = Path.Combine(root, ".objects");

    public string Uploads { get; } = Path.Combine(root, ".uploads");

    public string BodyOf(string key) => Path.Combine(root, RelativePath(key));

    public string EntryOf(string key) => Path.Combine(Entries, RelativePath(key) + EntrySuffix);

    public string UploadOf(string name) => Path.Combine(Uploads, Path.GetFileName(name));

    public static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public IEnumerable<string> Keys(string prefix) =>
        Files(root, prefix).Concat(
            Files(Entries, prefix).Where(key => key.EndsWith(EntrySuffix, StringComparison.Ordinal)).Select(key => key[..^EntrySuffix.Length]));

    /// <summary>Only the folder that the prefix names is read: it is the table's, and a bucket has many.</summary>
    private static IEnumerable<string> Files(string top, string prefix)
    {
        var slash = prefix.LastIndexOf('/');
        var folder = slash < 0 ? top : Path.Combine(top, RelativePath(prefix[..slash]));
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(top, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !key.StartsWith('.'));
    }

    private static string RelativePath(string key)
    {
        var parts = key.Split('/');
        if (parts.Any(part => part.Length == 0 || part[0] == '.' || part.AsSpan().ContainsAny(Path.GetInvalidFileNameChars())))
            throw new IOException("a key of a folder bucket is made of names that don't begin with a dot, with slashes between them");
        return Path.Combine(parts);
    }
}
