using System.Security.Cryptography;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Tests.Lakes;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class PendingVersionTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Each_version_after_the_newest_processed_one_is_transformed_whole_and_in_order()
    {
        await PutThreeVersionsAsync();

        var summary = await _lake.RingAsync($"design/{Stamps.First}.json.gz");

        Assert.Equal([Stamps.First, Stamps.Second, Stamps.Third], summary.Versions.Select(version => version.Version.ToString()));
        Assert.Equal(["1|Wooden|/usr|w.json", "2|Wooden|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.First}"));
        Assert.Equal(["2|Steel|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Second}"));
        Assert.Equal(["1|Brass|/usr|w.json", "3|Wooden|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Third}"));
        Assert.Empty((await _lake.SweepAsync()).Versions);
    }

    [Theory]
    [InlineData($"dim_design/{Stamps.First}")]
    [InlineData("dim_date/2000-01-01_00-00-00-000000")]
    public async Task A_version_carries_the_hash_of_its_file(string version)
    {
        await PutThreeVersionsAsync();

        await _lake.SweepAsync();

        await using var stored = await _lake.Processed.OpenAsync($"{version}.parquet", 0, Lake.Cancellation);
        Assert.Equal(Convert.ToHexStringLower(await SHA256.HashDataAsync(stored!.Body, Lake.Cancellation)), (await _lake.MetadataAsync(version)).Sha256);
    }

    [Fact]
    public async Task A_target_that_has_nothing_yet_begins_at_the_oldest_version_that_the_newest_builds_on()
    {
        await _lake.PutAsync(
            new IngestedTable("design", Stamps.First, SourceRows.Design()),
            new IngestedTable("design", Stamps.Second, SourceRows.Design()),
            new IngestedTable("design", Stamps.Third, SourceRows.Design()) { Previous = Stamps.Second, OldestRead = Stamps.Second });

        var summary = await _lake.RingAsync($"design/{Stamps.First}.json.gz");

        Assert.Equal([Stamps.Second, Stamps.Third], summary.Versions.Select(version => version.Version.ToString()));
    }

    [Fact]
    public async Task Two_rows_with_one_key_stay_in_their_order()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, SourceRows.Design(1, "\"old\""), SourceRows.Design(1, "\"new\"")));

        await _lake.SweepAsync();

        Assert.Equal(["1|old|/usr|w.json", "1|new|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.First}"));
    }

    [Fact]
    public async Task A_version_without_rows_makes_an_object_so_that_it_counts_as_done()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Kind = VersionKind.Changes, Reason = VersionReason.Changed });

        await _lake.SweepAsync();

        Assert.Empty(_lake.Rows($"dim_design/{Stamps.First}"));
        Assert.Empty((await _lake.SweepAsync()).Versions);
    }

    [Fact]
    public async Task A_version_that_another_invocation_wrote_first_is_done()
    {
        await PutThreeVersionsAsync();
        var isRung = 0;
        _lake.Processed.BeforePut = async key =>
        {
            if (key.StartsWith("dim_design/", StringComparison.Ordinal) && Interlocked.Exchange(ref isRung, 1) == 0) await _lake.SweepAsync();
        };

        var summary = await _lake.SweepAsync();

        Assert.Empty(summary.Versions);
        Assert.Equal(3, _lake.Messages(LogLevel.Information).Count(message => message.EndsWith("written by another invocation.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Several_invocations_at_once_write_each_version_once()
    {
        await PutThreeVersionsAsync();

        var summaries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _lake.SweepAsync())));

        Assert.Equal([Stamps.First, Stamps.Second, Stamps.Third], summaries.SelectMany(summary => summary.Versions).Select(version => version.Version.ToString()).Order());
    }

    [Fact]
    public async Task A_stage_whose_time_is_up_ends_well_between_two_versions()
    {
        await PutThreeVersionsAsync();
        var left = 4;
        var invocation = new Invocation("request-1", () => TimeSpan.FromSeconds(--left), Lake.Cancellation);

        var summary = await _lake.SweepAsync(invocation);

        Assert.InRange(summary.Versions.Count, 1, 2);
        Assert.Equal($"dim_design/{summary.Versions[^1].Version}", invocation.LastDone);
        Assert.Equal(3 - summary.Versions.Count, (await _lake.SweepAsync()).Versions.Count);
    }

    [Fact]
    public async Task Many_rows_go_into_several_row_groups()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, [.. Enumerable.Range(1, 70_000).Select(id => SourceRows.Design(id))]));

        await _lake.SweepAsync();

        Assert.Equal(3, _lake.ParquetFile($"dim_design/{Stamps.First}").RowGroups());
        Assert.Equal(["70000|70000|2450035000"], _lake.ParquetFile($"dim_design/{Stamps.First}").Select("count(*), count(DISTINCT design_id), sum(design_id)"));
    }

    private Task PutThreeVersionsAsync() => _lake.PutAsync(
        new IngestedTable("design", Stamps.First, SourceRows.Design(1), SourceRows.Design(2)),
        new IngestedTable("design", Stamps.Second, SourceRows.Design(2, "\"Steel\"")) { Kind = VersionKind.Changes, Previous = Stamps.First },
        new IngestedTable("design", Stamps.Third, SourceRows.Design(1, "\"Brass\""), SourceRows.Design(3)) { Previous = Stamps.Second });
}
