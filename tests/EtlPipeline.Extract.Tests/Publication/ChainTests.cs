using System.IO.Compression;
using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Source.Sample;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.SampleData;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Extract.Tests.Publication;

/// <summary>What lies in the bucket may be damaged, lost, of another format or of another source.</summary>
public sealed class ChainTests
{
    public static TheoryData<string> Damages => ["missing", "truncated", "no gzip", "another table", "bounds out of order", "rows that don't add up", "no metadata", "half the metadata"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_state_that_can_t_be_relied_on_makes_the_table_begin_again_with_a_warning(string damage)
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        await scene.ExecuteAsync("UPDATE item SET name = 'other' WHERE item_id = 5; DELETE FROM item WHERE item_id = 6");
        await DamageAsync(scene, damage);

        await scene.RunAsync();

        await scene.AssertRightAsync();
        Assert.Contains(scene.Log.Entries, entry => entry is { Level: LogLevel.Warning, EventName: "StateUnreadable" });
        Assert.Empty((await scene.RunAsync()).Versions);
    }

    [Fact]
    public async Task Metadata_of_a_newer_format_is_an_error_that_names_the_software()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        var newest = await scene.NewestAsync();
        var metadata = new ObjectMetadata { { "format", "3" } };
        await scene.ReplaceAsync(newest.Key.Rows, newest.Compressed, metadata);
        await scene.ReplaceAsync(newest.Key.Segments, Zip("""{"format":3,"software":"7.8.9","shards":[]}"""), ObjectMetadata.Empty);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        Assert.Contains("format 3, which version 7.8.9 of this software wrote", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lake_of_format_1_is_an_error_that_says_how_to_begin_anew()
    {
        await using var scene = await ExtractScene.CreateWithItemsAsync(3);
        await scene.Bucket.PutIfAbsentAsync("item/2024-01-02_03-04-05-123456.json", new MemoryStream("[]"u8.ToArray()), ObjectMetadata.Empty, ExtractScene.Token);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        Assert.Contains("format 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_INGEST_BUCKET", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_of_another_kind_is_refused_and_nothing_is_written()
    {
        await using var scene = await ExtractScene.CreateAsync("CREATE TABLE design (design_id int PRIMARY KEY)");
        await scene.RunAsync("design");

        var sample = new SampleSource(new SampleHistory(new SampleOptions { Scale = 0.01 }), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(sample, "design"));

        Assert.Contains("'oltp'", failure.Message, StringComparison.Ordinal);
        Assert.Single(await scene.VersionsAsync("design"));
    }

    [Fact]
    public async Task A_lake_that_was_emptied_is_filled_again()
    {
        await using var scene = await ExtractScene.CreateReadAsync();
        foreach (var version in await scene.VersionsAsync())
        {
            scene.Remove(version.Key.Rows);
            scene.Remove(version.Key.Segments);
        }

        await scene.RunAsync();

        await scene.AssertRightAsync();
        Assert.Null((await scene.VersionsAsync())[0].Metadata.Previous);
    }

    [Fact]
    public async Task Metadata_say_what_the_next_run_has_to_know()
    {
        await using var scene = await ExtractScene.CreateReadAsync();

        var versions = await scene.VersionsAsync();

        var newest = versions[^1];
        Assert.Equal(versions[^2].Key.Version, newest.Metadata.Previous);
        Assert.Equal(versions[0].Key.Version, newest.Metadata.RunStamp);
        Assert.Equal(versions[0].Key.Version, newest.Metadata.OldestRead);
        Assert.Equal(versions[0].Key.Version, newest.Metadata.Verified);
        Assert.Null(versions[0].Metadata.OldestRead);
        Assert.NotNull(newest.Metadata.Wal);
        Assert.Matches(@"^\d+/\d+/\d{8}T\d{6}\.\d{6}Z/(-|\d{8}T\d{6}\.\d{6}Z)\z", newest.Metadata.Server);
        Assert.True(newest.Metadata.ToObjectMetadata().Sum(pair => pair.Key.Length + pair.Value.Length) < 1536);
        Assert.Equal(new SourceColumn("item_id", "integer", IsRequired: true), newest.Segments.Columns[0]);
        Assert.NotEmpty(newest.Segments.Software);
    }

    private static async Task DamageAsync(ExtractScene scene, string damage)
    {
        var newest = await scene.NewestAsync();
        var written = SegmentsJson.Write(newest.Segments);
        switch (damage)
        {
            case "missing": scene.Remove(newest.Key.Segments); break;
            case "truncated": await scene.ReplaceAsync(newest.Key.Segments, written[..(written.Length / 2)], ObjectMetadata.Empty); break;
            case "no gzip": await scene.ReplaceAsync(newest.Key.Segments, "not compressed"u8.ToArray(), ObjectMetadata.Empty); break;
            case "another table": await scene.TamperAsync(segments: segments => segments with { Table = TableName.Parse("other") }); break;
            case "bounds out of order": await scene.TamperAsync(segments: segments => segments with { Segments = [segments.Segments[1], segments.Segments[0], .. segments.Segments.Skip(2)] }); break;
            case "rows that don't add up": await scene.TamperAsync(segments: segments => segments with { Segments = [.. segments.Segments.SkipLast(1), segments.Segments[^1] with { Rows = 5000 }] }); break;
            case "no metadata": await scene.ReplaceAsync(newest.Key.Rows, newest.Compressed, ObjectMetadata.Empty); break;
            default: await scene.ReplaceAsync(newest.Key.Rows, newest.Compressed, Half(newest.Metadata.ToObjectMetadata())); break;
        }
    }

    private static ObjectMetadata Half(ObjectMetadata metadata)
    {
        var half = new ObjectMetadata();
        foreach (var (name, value) in metadata.Where((_, i) => i % 2 == 0 || i < 6)) half.Add(name, value);
        return half;
    }

    private static byte[] Zip(string json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(json));
        return buffer.ToArray();
    }
}
