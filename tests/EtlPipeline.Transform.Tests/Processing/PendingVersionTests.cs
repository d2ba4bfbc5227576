using System.Security.Cryptography;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Processing;

public sealed class PendingVersionTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData($"dim_design/{Stamps.First}")]
    [InlineData("dim_date/2000-01-01_00-00-00-000000")]
    public async Task A_version_carries_the_hash_of_its_file(string version)
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });

        await _lake.SweepAsync();

        await using var stored = await _lake.Processed.OpenAsync($"{version}.parquet", 0, Lake.Cancellation);
        var hash = await SHA256.HashDataAsync(stored!.Body, Lake.Cancellation);
        Assert.Equal(Convert.ToHexStringLower(hash), (await _lake.MetadataAsync(version)).Sha256);
    }

    [Fact]
    public async Task Each_version_after_the_newest_processed_one_is_transformed_in_order()
    {
        await PutThreeVersionsAsync();

        var summary = await _lake.RingAsync($"design/{Stamps.First}.json");

        Assert.Equal([Stamps.First, Stamps.Second, Stamps.Third], summary.Versions.Select(version => version.Version.ToString()));
        Assert.Equal(["1|Wooden|/usr|w.json", "2|Wooden|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.First}"));
        Assert.Equal(["2|Steel|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Second}"));
        Assert.Equal(["1|Brass|/usr|w.json", "3|Wooden|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Third}"));
    }

    [Fact]
    public async Task Only_the_changed_rows_are_read_where_previous_is_the_version_processed_last()
    {
        var unchanged = Enumerable.Range(1, 1_000).Select(id => SourceRows.Design(id)).ToList();
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [.. unchanged, SourceRows.Design(1_001)] });
        var second = new IngestedTable("design", Stamps.Second)
        {
            Unchanged = unchanged,
            Changed = [SourceRows.Design(1_001, "\"Steel\"")],
            Previous = Stamps.First,
        };
        await _lake.PutAsync(second);

        await _lake.SweepAsync();

        Assert.Equal(SourceRows.Design(1_001, "\"Steel\"").Length + "\n]\n".Length, _lake.Ingestion.BytesRead(second.Key.Rows));
        Assert.Equal(["1001|Steel|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Second}"));
        Assert.False((await _lake.MetadataAsync($"dim_design/{Stamps.Second}")).IsWhole);
    }

    [Fact]
    public async Task All_rows_are_read_where_previous_is_another_version_than_the_one_processed_last()
    {
        await PutThreeVersionsAsync();
        _lake.Delete("ingestion", $"design/{Stamps.Second}.json");

        await _lake.SweepAsync();

        Assert.Equal(3, _lake.Rows($"dim_design/{Stamps.Third}").Length);
        Assert.True((await _lake.MetadataAsync($"dim_design/{Stamps.Third}")).IsComplete);
    }

    [Fact]
    public async Task A_version_without_metadata_counts_all_its_rows_as_changed()
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", $"  [ {SourceRows.Design(1)} ,\r\n {SourceRows.Design(2)} ] ");

        await _lake.SweepAsync();

        Assert.Equal(2, _lake.Rows($"dim_design/{Stamps.First}").Length);
        Assert.True((await _lake.MetadataAsync($"dim_design/{Stamps.First}")).IsComplete);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 1_000_000)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 12)]
    [InlineData(4, -1)]
    [InlineData(2, -1)]
    public async Task Metadata_that_does_not_fit_the_body_makes_every_row_count_as_changed(long changed, long changedFrom)
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design(1), SourceRows.Design(2), SourceRows.Design(3)] });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second)
        {
            Unchanged = [SourceRows.Design(1), SourceRows.Design(2)],
            Changed = [SourceRows.Design(3)],
            Previous = Stamps.First,
            Alter = metadata => metadata with { Changed = changed, ChangedFrom = changedFrom < 0 ? metadata.ChangedFrom : changedFrom },
        });

        await _lake.SweepAsync();

        Assert.Equal(3, _lake.Rows($"dim_design/{Stamps.Second}").Length);
        Assert.True((await _lake.MetadataAsync($"dim_design/{Stamps.Second}")).IsWhole);
    }

    [Fact]
    public async Task A_version_in_which_nothing_changed_makes_an_empty_object_so_that_it_counts_as_done()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second) { Unchanged = [SourceRows.Design()], Previous = Stamps.First });

        await _lake.SweepAsync();

        var metadata = await _lake.MetadataAsync($"dim_design/{Stamps.Second}");
        Assert.Empty(_lake.Rows($"dim_design/{Stamps.Second}"));
        Assert.Equal((0, false, false, "design_id"), (metadata.Rows, metadata.IsWhole, metadata.IsUnreadable, metadata.KeyColumn));
        Assert.Empty((await _lake.SweepAsync()).Versions);
    }

    [Fact]
    public async Task Two_rows_with_one_key_stay_in_their_order()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design(1, "\"old\""), SourceRows.Design(1, "\"new\"")] });

        await _lake.SweepAsync();

        Assert.Equal(["1|old|/usr|w.json", "1|new|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.First}"));
    }

    [Fact]
    public async Task A_version_that_another_invocation_wrote_first_is_done()
    {
        await PutThreeVersionsAsync();
        var other = new Lock();
        var isRung = false;
        _lake.Processed.BeforePut = async key =>
        {
            lock (other)
            {
                if (isRung || !key.StartsWith("dim_design/", StringComparison.Ordinal)) return;
                isRung = true;
            }

            await _lake.SweepAsync();
        };

        var summary = await _lake.SweepAsync();

        Assert.Empty(summary.Versions);
        Assert.Equal(3, _lake.Messages("Information").Count(message => message.EndsWith("written by another invocation.", StringComparison.Ordinal)));
        Assert.Equal(["1|Brass|/usr|w.json", "3|Wooden|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Third}"));
    }

    [Fact]
    public async Task Several_invocations_at_once_write_each_version_once()
    {
        await PutThreeVersionsAsync();

        var summaries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(_lake.SweepAsync)));

        Assert.Equal([Stamps.First, Stamps.Second, Stamps.Third], summaries.SelectMany(summary => summary.Versions).Select(version => version.Version.ToString()).Order());
        Assert.Equal(["2|Steel|/usr|w.json"], _lake.Rows($"dim_design/{Stamps.Second}"));
    }

    [Fact]
    public async Task A_foreign_object_as_newest_processed_version_is_followed_by_all_rows()
    {
        await PutThreeVersionsAsync();
        await _lake.Processed.PutIfAbsentAsync($"dim_design/{Stamps.Second}.parquet", new MemoryStream(), Core.Lake.ObjectMetadata.Empty, Lake.Cancellation);

        await _lake.SweepAsync();

        Assert.True((await _lake.MetadataAsync($"dim_design/{Stamps.Third}")).IsWhole);
        Assert.Empty(_lake.Keys($"dim_design/{Stamps.First}"));
    }

    private async Task PutThreeVersionsAsync()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design(1), SourceRows.Design(2)] });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second)
        {
            Unchanged = [SourceRows.Design(1)],
            Changed = [SourceRows.Design(2, "\"Steel\"")],
            Previous = Stamps.First,
        });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Third)
        {
            Unchanged = [SourceRows.Design(2, "\"Steel\"")],
            Changed = [SourceRows.Design(1, "\"Brass\""), SourceRows.Design(3)],
            Previous = Stamps.Second,
        });
    }
}
