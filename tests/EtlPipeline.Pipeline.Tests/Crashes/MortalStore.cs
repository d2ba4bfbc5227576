using System.Runtime.CompilerServices;
using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Stores;

namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>A bucket each of whose calls is an effect at which the run can be killed.</summary>
internal sealed class MortalStore(IObjectStore store, CrashSwitch crash) : ObjectStoreDecorator(store)
{
    public override Task<ObjectDescription?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        EffectAsync(() => Inner.DescribeAsync(key, cancellationToken));

    public override Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        EffectAsync(() => Inner.OpenAsync(key, offset, cancellationToken));

    public override Task<bool> PutIfAbsentAsync(string key, Stream body, ObjectMetadata metadata, CancellationToken cancellationToken) =>
        EffectAsync(() => Inner.PutIfAbsentAsync(key, body, metadata, cancellationToken));

    public override Task ReplaceAsync(string key, Stream body, CancellationToken cancellationToken) => EffectAsync(async () =>
    {
        await Inner.ReplaceAsync(key, body, cancellationToken);
        return true;
    });

    public override async IAsyncEnumerable<string> ListAsync(
        string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = await EffectAsync(async () => await Inner.ListAsync(prefix, after, cancellationToken).ToListAsync(cancellationToken));
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
