using System.Threading.Channels;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Local.Pipeline;

/// <summary>An invocation that ended with an exception. Lambda would count an error and try again later.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Exception">What left it.</param>
internal sealed record InvocationFailure(string Function, Exception Exception);

/// <summary>
/// Transform or Load: a function that doorbells wake. One invocation works at a time. What rings meanwhile becomes one event for the next, with
/// the newest object of each table, because a stage brings everything pending for a table up to date.
/// </summary>
/// <param name="name">Its name, for messages.</param>
/// <param name="stage">The stage.</param>
/// <param name="failures">Receives failed invocations. It is shared, and locked while it changes.</param>
internal sealed class WokenFunction(string name, Func<StageEvent, Invocation, Task> stage, List<InvocationFailure> failures)
{
    private readonly Channel<StageEvent> _events = Channel.CreateUnbounded<StageEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Rings for an object that was created.</summary>
    public void Ring(CreatedObject created) => _events.Writer.TryWrite(new StageEvent.Doorbell([created]));

    /// <summary>Asks for all tables.</summary>
    public void Sweep() => _events.Writer.TryWrite(new StageEvent.Sweep());

    /// <summary>Says that nothing will ring any more.</summary>
    public void EndWhenSilent() => _events.Writer.TryComplete();

    /// <summary>Works until <see cref="EndWhenSilent"/> was called and everything that rang is done.</summary>
    public async Task RunUntilSilentAsync(CancellationToken cancellationToken)
    {
        // A cancelled invocation ends silently here: the run itself reports it.
        while (!cancellationToken.IsCancellationRequested && await WaitAsync(cancellationToken))
            await GuardAsync(name, invocation => stage(TakeAll(), invocation), failures, cancellationToken);
    }

    /// <summary>The boundary of a function. Lambda would count any exception as an error and go on with the next event.</summary>
    public static async Task GuardAsync(
        string name, Func<Invocation, Task> function, List<InvocationFailure> failures, CancellationToken cancellationToken)
    {
        try
        {
            await function(Invocation.Unlimited(Guid.NewGuid().ToString(), cancellationToken));
        }
        catch (Exception exception)
        {
            if (cancellationToken.IsCancellationRequested) return;
            lock (failures) failures.Add(new InvocationFailure(name, exception));
        }
    }

    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _events.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private StageEvent TakeAll()
    {
        var newest = new Dictionary<string, CreatedObject>(StringComparer.Ordinal);
        var isSweep = false;
        while (_events.Reader.TryRead(out var rung))
        {
            if (rung is StageEvent.Doorbell doorbell) foreach (var created in doorbell.Objects) newest[TableOf(created.Key)] = created;
            else isSweep = true;
        }

        return isSweep ? new StageEvent.Sweep() : new StageEvent.Doorbell([.. newest.Values]);
    }

    private static string TableOf(string key) => key[..(key.LastIndexOf('/') + 1)];
}

/// <summary>A bucket that rings for every object with a given suffix that is written to it, as S3 does.</summary>
/// <param name="store">The bucket.</param>
/// <param name="suffix">How the keys that ring end.</param>
/// <param name="ring">Receives the keys.</param>
internal sealed class NotifyingObjectStore(IObjectStore store, string suffix, Action<CreatedObject> ring) : IObjectStore
{
    public string Name => store.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) => store.DescribeAsync(key, cancellationToken);

    public Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) => store.OpenAsync(key, offset, cancellationToken);

    public async Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken)
    {
        var isWritten = await store.PutIfAbsentAsync(key, body, metadata, cancellationToken);
        if (isWritten && VersionKey.TryParse(key, suffix, out _)) ring(new CreatedObject(Name, key));
        return isWritten;
    }

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => store.ReplaceAsync(key, body, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);
}
