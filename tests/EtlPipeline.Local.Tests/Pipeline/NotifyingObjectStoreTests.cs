using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Pipeline;

public sealed class NotifyingObjectStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly NotificationQueue _notifications = new(TimeProvider.System);
    private readonly NotifyingObjectStore _store;

    public NotifyingObjectStoreTests() => _store = new NotifyingObjectStore(_folder.Bucket("ingestion"), _notifications);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_object_that_was_written_is_told_of_under_its_bucket_and_key()
    {
        await _store.PutIfAbsentAsync("a b+c/1.json", Body(), [], TestContext.Current.CancellationToken);

        Assert.Equal([new CreatedObject(_store.Name, "a b+c/1.json")], Taken());
    }

    [Fact]
    public async Task An_object_that_was_there_already_is_not_told_of_again()
    {
        await _store.PutIfAbsentAsync("a/1.json", Body(), [], TestContext.Current.CancellationToken);
        Taken();

        Assert.False(await _store.PutIfAbsentAsync("a/1.json", Body(), [], TestContext.Current.CancellationToken));

        Assert.Empty(Taken());
    }

    [Fact]
    public async Task An_object_that_was_replaced_is_told_of_each_time()
    {
        await _store.ReplaceAsync("timestamp", Body(), TestContext.Current.CancellationToken);
        await _store.ReplaceAsync("timestamp", Body(), TestContext.Current.CancellationToken);

        Assert.Equal(2, Taken().Count);
    }

    [Fact]
    public async Task Reading_tells_nobody()
    {
        await _store.PutIfAbsentAsync("a/1.json", Body(), [], TestContext.Current.CancellationToken);
        Taken();

        Assert.Equal(2, (await _store.DescribeAsync("a/1.json", TestContext.Current.CancellationToken))!.Size);
        await using var stored = await _store.OpenAsync("a/1.json", 0, TestContext.Current.CancellationToken);
        Assert.Equal(["a/1.json"], await _store.ListAsync("a/", null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Empty(Taken());
    }

    private static MemoryStream Body() => new("[]"u8.ToArray());

    private List<CreatedObject> Taken()
    {
        var taken = new List<CreatedObject>();
        while (_notifications.TryTake(out var notification)) taken.AddRange(Assert.IsType<StageEvent.Doorbell>(notification).Objects);
        return taken;
    }
}
