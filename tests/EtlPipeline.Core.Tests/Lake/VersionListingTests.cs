using EtlPipeline.Core.Lake;
using EtlPipeline.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class VersionListingTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 45, 3, TimeSpan.Zero);
    private static readonly TableName Staff = TableName.Parse("staff");

    private readonly TestFolder _folder = new();
    private readonly CountingObjectStore _store;
    private readonly VersionListing _listing;

    public VersionListingTests()
    {
        _store = new CountingObjectStore(_folder.Bucket("ingestion"));
        _listing = new VersionListing(_store, VersionKey.RowsSuffix, new FakeTimeProvider(Now));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(39, 2)]
    [InlineData(41, 3)]
    [InlineData(799, 3)]
    [InlineData(801, 4)]
    [InlineData(20_000, 4)]
    [InlineData(200_000, 4)]
    public async Task The_newest_version_is_found_however_old_and_the_windows_widen_only_as_far_as_needed(int days, int listings)
    {
        var version = await PutAsync(Ago(days));

        Assert.Equal(version, await _listing.FindNewestAsync(Staff, Cancellation));
        Assert.Equal(listings, _store.Listings);
    }

    [Fact]
    public async Task The_cost_does_not_grow_with_the_age_of_the_pipeline()
    {
        for (var days = 3; days < 100; days++) await PutAsync(Ago(days));
        var newest = await PutAsync(Ago(1));

        Assert.Equal(newest, await _listing.FindNewestAsync(Staff, Cancellation));
        Assert.Equal((1, 1), (_store.Listings, _store.Keys));
    }

    [Fact]
    public async Task A_version_on_the_edge_of_a_window_is_inside()
    {
        var version = await PutAsync(Ago(2));

        Assert.Equal(version, await _listing.FindNewestAsync(Staff, Cancellation));
        Assert.Equal(1, _store.Listings);
    }

    [Fact]
    public async Task A_first_run_is_concluded_only_from_a_listing_without_a_lower_bound()
    {
        Assert.Null(await _listing.FindNewestAsync(Staff, Cancellation));
        Assert.Equal(4, _store.Listings);
    }

    [Fact]
    public async Task Only_keys_of_the_table_and_the_form_count()
    {
        var version = await PutAsync(Ago(1));
        foreach (var key in new[]
                 {
                     $"staff/{Ago(0)}.deleted.json", $"staff/{Ago(0)}.parquet", "staff/z.json", $"staff/{Ago(0)}/x.json",
                     $"staff_history/{Ago(0)}.json", "timestamp", $"staff/%2F..%2F{Ago(0)}.json", $"staff/{Ago(0)}'.json",
                 })
            await PutAsync(key);

        Assert.Equal(version, await _listing.FindNewestAsync(Staff, Cancellation));
        Assert.Equal([version], await _listing.FindAfterAsync(Staff, null, Cancellation));
    }

    [Fact]
    public async Task Versions_after_a_given_one_come_oldest_first_and_without_it()
    {
        var versions = new List<TableVersion>();
        foreach (var days in new[] { 1, 900, 3, 50, 2 }) versions.Add(await PutAsync(Ago(days)));
        versions.Sort();

        Assert.Equal(versions, await _listing.FindAfterAsync(Staff, null, Cancellation));
        Assert.Equal(versions[2..], await _listing.FindAfterAsync(Staff, versions[1], Cancellation));
        Assert.Empty(await _listing.FindAfterAsync(Staff, versions[^1], Cancellation));
    }

    [Fact]
    public async Task The_newest_version_up_to_a_limit_is_found_from_the_limit_back()
    {
        var (old, middle, recent) = (await PutAsync(Ago(5000)), await PutAsync(Ago(100)), await PutAsync(Ago(1)));

        Assert.Equal(recent, await _listing.FindNewestNotAfterAsync(Staff, recent, Cancellation));
        Assert.Equal(middle, await _listing.FindNewestNotAfterAsync(Staff, Ago(2), Cancellation));
        Assert.Equal(middle, await _listing.FindNewestNotAfterAsync(Staff, middle, Cancellation));
        Assert.Equal(old, await _listing.FindNewestNotAfterAsync(Staff, Ago(101), Cancellation));
        Assert.Null(await _listing.FindNewestNotAfterAsync(Staff, Ago(5001), Cancellation));
    }

    [Theory]
    [InlineData("0001-01-01_00-00-00-000000")]
    [InlineData("1970-01-01_00-00-00-000000")]
    [InlineData("1971-01-01_00-00-00-000000")]
    [InlineData("9999-12-31_23-59-59-999999")]
    public async Task A_limit_at_the_end_of_time_is_a_limit_like_any_other(string text)
    {
        var limit = await PutAsync(TableVersion.Parse(text));

        Assert.Equal(limit, await _listing.FindNewestNotAfterAsync(Staff, limit, Cancellation));
    }

    private static TableVersion Ago(int days) => new(Now.AddDays(-days));

    private async Task<TableVersion> PutAsync(TableVersion version)
    {
        await PutAsync(new VersionKey(Staff, version).Rows);
        return version;
    }

    private Task<bool> PutAsync(string key) => _store.PutIfAbsentAsync(key, Stream.Null, ObjectMetadata.Empty, Cancellation);
}
