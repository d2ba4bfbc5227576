using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Demo;

/// <summary>Lets one demo at a time work in a folder. The system frees the lock when its holder dies.</summary>
internal sealed class DemoLock : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private DemoLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, and waits where another demo holds it.</summary>
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

            // A reset deleted the file between our opening and our locking it.
            file.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException && folder.Exists)
        {
            return null;
        }
    }
}
