using EtlPipeline.Core.Hosting;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Demo;

/// <summary>The one folder that holds a whole demo: server, buckets and report.</summary>
internal sealed class DemoFolder
{
    /// <summary>The folder's name if none is given; the repository ignores it.</summary>
    public const string DefaultName = ".local";

    private const string SolutionName = "EtlPipeline.sln";

    /// <summary>Describes a folder, which may be missing.</summary>
    /// <param name="root">Its path.</param>
    public DemoFolder(string root) => Root = Path.GetFullPath(root);

    /// <summary>The full path.</summary>
    public string Root { get; }

    /// <summary>The file that a demo holds open while it works. It also marks a folder as a demo's.</summary>
    public string Lock => Path.Combine(Root, "demo.lock");

    /// <summary>The server's folder.</summary>
    public string Server => Path.Combine(Root, "postgresql");

    /// <summary>The ingestion bucket.</summary>
    public string Ingestion => Path.Combine(Root, "lake", "ingestion");

    /// <summary>The processed bucket.</summary>
    public string Processed => Path.Combine(Root, "lake", "processed");

    /// <summary>The page about the warehouse.</summary>
    public string Report => Path.Combine(Root, "report.html");

    /// <summary>Whether a demo has been here.</summary>
    public bool Exists => File.Exists(Lock);

    /// <summary>The given folder; otherwise the default one, beside the solution or, outside the repository, in the current folder.</summary>
    public static DemoFolder Find(DirectoryInfo? given, string currentFolder)
    {
        if (given is { }) return new DemoFolder(given.FullName);
        for (var folder = new DirectoryInfo(currentFolder); folder is { }; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionName))) return new DemoFolder(Path.Combine(folder.FullName, DefaultName));
        }

        return new DemoFolder(Path.Combine(currentFolder, DefaultName));
    }

    /// <summary>Makes the folder, which git ignores.</summary>
    /// <exception cref="PipelineException">It holds something else, or can't be made.</exception>
    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(Root);
            if (Directory.EnumerateFileSystemEntries(Root).Any() && !Exists)
                throw new PipelineException($"The folder {Root} holds files that are not a demo's; choose another one with --folder.");
            if (!Exists) File.Create(Lock).Dispose();
            var ignored = Path.Combine(Root, ".gitignore");
            if (!File.Exists(ignored)) File.WriteAllText(ignored, "*\n");
        }
        catch (IOException) when (Exists)
        {
            // Another demo began here at the same moment and does the same.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The demo's folder {Root} can't be made: {exception.Message}", exception);
        }
    }

    /// <summary>Deletes everything but the lock, which other demos wait for.</summary>
    public void Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(Root)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Root).Where(file => file != Lock)) File.Delete(file);
    }

    /// <summary>Deletes what <see cref="Clear"/> left. If another demo has begun meanwhile, the folder is left to it.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(Lock);
            Directory.Delete(Root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Prepare();
        }
    }
}

/// <summary>Lets one demo at a time work in a folder. The system frees the lock when its holder dies.</summary>
internal sealed class DemoLock : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private DemoLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, and waits while another demo holds it.</summary>
    public static async Task<DemoLock> TakeAsync(
        DemoFolder folder, Terminal terminal, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var isFirstTry = true; ; isFirstTry = false)
        {
            if (TryTake(folder) is { } taken) return taken;
            if (isFirstTry) await terminal.Error.WriteLineAsync($"Another demo works in {folder.Root}; this one begins when it has ended.");
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static DemoLock? TryTake(DemoFolder folder)
    {
        folder.Prepare();
        try
        {
            var file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (folder.Exists) return new DemoLock(file);

            // A reset deleted the file after it was opened here and before it was locked.
            file.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException && folder.Exists)
        {
            return null;
        }
    }
}
