using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Local.Pipeline;

/// <summary>The notifications of a bucket that wait for their function, oldest first. Each is the JSON that S3 would send.</summary>
internal sealed class NotificationQueue(TimeProvider clock)
{
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _waiting = new();

    /// <summary>Tells that an object was written.</summary>
    public void Notify(string bucket, string key) =>
        _waiting.Enqueue(S3Notification.Write([new CreatedObject(bucket, key)], clock.GetUtcNow()));

    /// <summary>Takes the oldest notification; false where none waits.</summary>
    public bool TryTake([NotNullWhen(true)] out StageEvent? notification)
    {
        notification = _waiting.TryDequeue(out var json) ? StageEvent.Parse(json) : null;
        return notification is { };
    }
}
