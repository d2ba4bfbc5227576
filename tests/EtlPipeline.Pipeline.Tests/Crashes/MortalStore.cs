using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>A bucket each of whose calls is an effect at which the run can be killed.</summary>
internal sealed class MortalStore(IObjectStore store, CrashSwitch crash) : IObjectStore
{
    public string Name => store.Name;

    public Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        EffectAsync(() => store.DescribeAsync(key, cancellationToken));

    public Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        EffectAsync(() => store.OpenAsync(key, offset, cancellationToken));

    public Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        EffectAsync(() => store.PutIfAbsentAsync(key, body, metadata, cancellationToken));

    public Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => EffectAsync(async () =>
    {
        await store.ReplaceAsync(key, body, cancellationToken);
        return true;
    });

    public async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = await EffectAsync(async () => await store.ListAsync(prefix, after, cancellationToken).ToListAsync(cancellationToken));
        foreach (var key in keys) yield return key;
    }

    private async Task<T> EffectAsync<T>(Func<Task<T>> action)
    {
        var diesAfter = crash.Begin();
        var result = await action();
        if (!diesAfter) return result;
        crash.Kill();
        throw new KilledException();
    }
}
