using System.Text;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

/// <summary>What every object store does, whatever it stores in.</summary>
public abstract class ObjectStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IObjectStore> CreateStoreAsync();

    [Fact]
    public async Task An_object_is_read_as_it_was_put()
    {
        var store = await CreateStoreAsync();

        Assert.True(await PutAsync(store, "staff/a.json", "[1, 2]", ("rows", "2"), ("changed-from", "1")));

        await using var stored = await store.OpenAsync("staff/a.json", 0, Cancellation);
        Assert.Equal("[1, 2]", await TextAsync(stored));
        Assert.Equal(6, stored!.Description.Size);
        Assert.Equal([new("changed-from", "1"), new("rows", "2")], stored.Description.Metadata);
    }

    [Fact]
    public async Task An_object_is_described_without_its_body()
    {
        var store = await CreateStoreAsync();
        await PutAsync(store, "staff/a.json", "[1, 2]", ("source", "oltp"));

        var description = await store.DescribeAsync("staff/a.json", Cancellation);

        Assert.Equal(6, description!.Size);
        Assert.Equal("oltp", description.Metadata["source"]);
    }

    [Fact]
    public async Task A_missing_object_is_null()
    {
        var store = await CreateStoreAsync();
        await PutAsync(store, "staff/a.json", "x");

        Assert.Null(await store.DescribeAsync("staff/b.json", Cancellation));
        Assert.Null(await store.OpenAsync("staff/b.json", 0, Cancellation));
        Assert.Null(await store.OpenAsync("staff/b.json", 10, Cancellation));
    }

    [Fact]
    public async Task A_second_put_changes_nothing()
    {
        var store = await CreateStoreAsync();
        await PutAsync(store, "staff/a.json", "first", ("run", "1"));

        Assert.False(await PutAsync(store, "staff/a.json", "second", ("run", "2")));

        await using var stored = await store.OpenAsync("staff/a.json", 0, Cancellation);
        Assert.Equal("first", await TextAsync(stored));
        Assert.Equal("1", stored!.Description.Metadata["run"]);
    }

    [Fact]
    public async Task Of_several_puts_at_once_exactly_one_wins_and_its_body_and_metadata_stay_together()
    {
        var store = await CreateStoreAsync();
        for (var round = 0; round < 20; round++)
        {
            var key = $"staff/{round}.json";
            var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
                Task.Run(() => PutAsync(store, key, $"body {writer}", ("run", $"{writer}")), Cancellation)));

            var winner = Array.IndexOf(wins, true);
            Assert.Equal(1, wins.Count(won => won));
            await using var stored = await store.OpenAsync(key, 0, Cancellation);
            Assert.Equal($"body {winner}", await TextAsync(stored));
            Assert.Equal($"{winner}", stored!.Description.Metadata["run"]);
        }
    }

    [Fact]
    public async Task A_body_is_put_from_the_position_of_its_stream()
    {
        var store = await CreateStoreAsync();
        using var body = new MemoryStream("skip, keep"u8.ToArray()) { Position = 6 };

        await store.PutIfAbsentAsync("staff/a.json", body, ObjectMetadata.Empty, Cancellation);

        await using var stored = await store.OpenAsync("staff/a.json", 0, Cancellation);
        Assert.Equal("keep", await TextAsync(stored));
        Assert.True(body.CanRead);
    }

    [Fact]
    public async Task An_empty_body_is_an_object()
    {
        var store = await CreateStoreAsync();

        Assert.True(await PutAsync(store, "staff/a.json", string.Empty));

        await using var stored = await store.OpenAsync("staff/a.json", 0, Cancellation);
        Assert.Equal(0, stored!.Description.Size);
        Assert.Equal(string.Empty, await TextAsync(stored));
    }

    [Theory]
    [InlineData(0, "0123456789")]
    [InlineData(1, "123456789")]
    [InlineData(9, "9")]
    [InlineData(10, "")]
    [InlineData(11, "")]
    [InlineData(long.MaxValue, "")]
    public async Task A_body_is_read_from_an_offset_on(long offset, string expected)
    {
        var store = await CreateStoreAsync();
        await PutAsync(store, "staff/a.json", "0123456789", ("rows", "10"));

        await using var stored = await store.OpenAsync("staff/a.json", offset, Cancellation);

        Assert.Equal(expected, await TextAsync(stored));
        Assert.Equal(10, stored!.Description.Size);
        Assert.Equal("10", stored.Description.Metadata["rows"]);
    }

    [Fact]
    public async Task A_large_body_is_put_whole_and_only_once()
    {
        var store = await CreateStoreAsync();
        // The stand-in for S3 takes no more in one request; Amazon takes 5 GB.
        var bytes = new byte[(10 << 20) + 7];
        new Random(4).NextBytes(bytes);
        var metadata = new ObjectMetadata { { "rows", "7" } };

        Assert.True(await store.PutIfAbsentAsync("staff/a.json", new MemoryStream(bytes), metadata, Cancellation));
        Assert.False(await store.PutIfAbsentAsync("staff/a.json", new MemoryStream(new byte[bytes.Length]), metadata, Cancellation));

        await using var stored = await store.OpenAsync("staff/a.json", 0, Cancellation);
        using var read = new MemoryStream();
        await stored!.Body.CopyToAsync(read, Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(read.GetBuffer().AsSpan(0, (int)read.Length)));
        Assert.Equal("7", stored.Description.Metadata["rows"]);
    }

    [Fact]
    public async Task A_replaced_object_has_the_last_body()
    {
        var store = await CreateStoreAsync();

        await store.ReplaceAsync("timestamp", new MemoryStream("first, and longer"u8.ToArray()), Cancellation);
        await store.ReplaceAsync("timestamp", new MemoryStream("second"u8.ToArray()), Cancellation);

        await using var stored = await store.OpenAsync("timestamp", 0, Cancellation);
        Assert.Equal("second", await TextAsync(stored));
    }

    [Fact]
    public async Task A_listing_holds_the_keys_with_the_prefix_after_a_key()
    {
        var store = await CreateStoreAsync();
        string[] keys = ["staff/1.json", "staff/2.json", "staff/2.json.x", "staff/3.json", "staff_two/2.json", "timestamp", "rejected/staff/2.json"];
        foreach (var key in keys) await PutAsync(store, key, "x");

        Assert.Equal(["staff/1.json", "staff/2.json", "staff/2.json.x", "staff/3.json"], await ListAsync(store, "staff/", null));
        Assert.Equal(["staff/2.json.x", "staff/3.json"], await ListAsync(store, "staff/", "staff/2.json"));
        Assert.Equal(["staff/2.json", "staff/2.json.x", "staff/3.json"], await ListAsync(store, "staff/", "staff/2"));
        Assert.Equal([], await ListAsync(store, "staff/", "staff/4"));
        Assert.Equal([], await ListAsync(store, "currency/", null));
        Assert.Equal(keys.Order(StringComparer.Ordinal), await ListAsync(store, string.Empty, null));
    }

    [Fact]
    public async Task A_listing_goes_over_several_pages()
    {
        var store = await CreateStoreAsync();
        var keys = Enumerable.Range(0, 1100).Select(number => $"staff/{number:D4}.json").ToList();
        await Parallel.ForEachAsync(keys, Cancellation, async (key, _) => await PutAsync(store, key, "x"));

        Assert.Equal(keys[50..], await ListAsync(store, "staff/", keys[49]));
    }

    [Theory]
    [InlineData("staff/with a space + plus.json")]
    [InlineData("staff/größe-表-ключ.json")]
    [InlineData("staff/100%-$&,;=@!'().json")]
    [InlineData("staff/%2F%2E%2E%2Fa%00.json")]
    public async Task Any_text_is_a_key(string key)
    {
        var store = await CreateStoreAsync();

        Assert.True(await PutAsync(store, key, "x"));
        Assert.False(await PutAsync(store, key, "y"));

        await using var stored = await store.OpenAsync(key, 0, Cancellation);
        Assert.Equal("x", await TextAsync(stored));
        Assert.Equal([key], await ListAsync(store, "staff/", null));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        var store = await CreateStoreAsync();
        var cancelled = new CancellationToken(canceled: true);
        await PutAsync(store, "staff/a.json", "x");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.PutIfAbsentAsync("staff/b.json", new MemoryStream([1]), ObjectMetadata.Empty, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in store.ListAsync("staff/", null, cancelled))
            {
            }
        });
        Assert.Null(await store.DescribeAsync("staff/b.json", Cancellation));
    }

    protected static Task<bool> PutAsync(IObjectStore store, string key, string body, params (string Name, string Value)[] metadata)
    {
        var values = new ObjectMetadata();
        foreach (var (name, value) in metadata) values.Add(name, value);
        return store.PutIfAbsentAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(body)), values, Cancellation);
    }

    protected static async Task<string> TextAsync(StoredObject? stored)
    {
        using var reader = new StreamReader(stored!.Body, leaveOpen: true);
        return await reader.ReadToEndAsync(Cancellation);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(IObjectStore store, string prefix, string? after)
    {
        var keys = new List<string>();
        await foreach (var key in store.ListAsync(prefix, after, Cancellation)) keys.Add(key);
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }
}
