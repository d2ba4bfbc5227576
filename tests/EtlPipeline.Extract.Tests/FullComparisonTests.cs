using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Planning;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

public sealed class FullComparisonTests
{
    [Fact]
    public async Task A_full_comparison_that_finds_nothing_writes_a_version_with_nothing_changed()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        var first = await scene.NewestAsync();
        await scene.TamperMetadataAsync(metadata => metadata with { FullAt = metadata.FullAt.AddHours(-25) });

        await scene.RunAsync();

        var second = await scene.NewestAsync();
        Assert.Contains(ComparisonReason.Due, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal((3, 0, 0), (second.Metadata.Rows, second.Metadata.Changed, second.Metadata.Deleted));
        Assert.Equal(first.Key.Version, second.Metadata.Previous);
        Assert.Equal(second.Metadata.ExtractedAt, second.Metadata.FullAt);
    }

    [Fact]
    public async Task A_full_comparison_finds_new_changed_and_deleted_rows_whatever_their_transactions()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.ExecuteAsync("UPDATE item SET name = 'TWO' WHERE item_id = 2; DELETE FROM item WHERE item_id = 1; INSERT INTO item VALUES (4, 'four', NULL)");
        // As if the snapshot had come after these changes, so that only a comparison of all rows can find them.
        await scene.TamperMetadataAsync(metadata => metadata with { Server = "another", SnapshotXmin = 1UL << 40, SnapshotXmax = 1UL << 40 });

        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Contains(ComparisonReason.OtherServer, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal((3, 2, 1), (version.Metadata.Rows, version.Metadata.Changed, version.Metadata.Deleted));
        Assert.Contains("\"item_id\":1,", await scene.TextAsync(version.Key.DeletedRows), StringComparison.Ordinal);
        Assert.Equal([2, 4], version.ChangedRows.Select(row => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("item_id").GetInt32()));
    }

    [Fact]
    public async Task A_version_without_metadata_is_compared_row_by_row()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.TamperAsync(version => (version.Body, []));
        await scene.ExecuteAsync("UPDATE item SET name = 'TWO' WHERE item_id = 2");

        await scene.RunAsync();

        Assert.Contains(ComparisonReason.NoMetadata, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await scene.NewestAsync()).Metadata.Changed);
    }

    [Fact]
    public async Task A_version_in_another_form_is_compared_by_value()
    {
        await using var scene = await ExtractScene.CreateAsync("""
            CREATE TABLE item (item_id int PRIMARY KEY, name text, price numeric);
            INSERT INTO item VALUES (1, 'ü "x"', 3.10), (2, NULL, 4), (3, 'three', 5), (5, 'five', 5);
            """);
        await scene.RunAsync();
        await scene.TamperAsync(_ => (
            """
            [ { "price" : 3.10,
                "name":"\u00fc \u0022x\u0022", "item_id":1 }, {"item_id":2,"price":4,"name":null},
              {"item_id":3,"name":"three","price":[5, {}],"more":1}, {"item_id":3,"name":"three","price":6},{"item_id":4,
            "name":"four"}, {"name":"without key"}, {"item_id":5,"item_id":5,"name":"five","price":5} ]
            """,
            []));

        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Equal(4, version.Metadata.Rows);
        Assert.Equal("""{"item_id":1,"name":"ü \"x\"","price":3.10}""", version.Rows[0]);
        Assert.Equal(["""{"item_id":3,"name":"three","price":5}""", """{"item_id":5,"name":"five","price":5}"""], version.ChangedRows);
        Assert.Equal("""{"item_id":4, "name":"four"}""", Assert.Single(StoredVersion.Lines((await scene.TextAsync(version.Key.DeletedRows))!)));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(3, 2)]
    public async Task Metadata_that_does_not_fit_its_body_leads_to_a_comparison_of_all_rows(long rows, long changed)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.TamperMetadataAsync(metadata => metadata with { Rows = rows, Changed = changed });

        await scene.RunAsync();

        Assert.Contains(ComparisonReason.OtherBody, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal((3, 0), ((await scene.NewestAsync()).Metadata.Rows, (await scene.NewestAsync()).Metadata.Changed));
    }

    [Fact]
    public async Task A_row_without_a_key_leads_to_a_comparison_of_all_rows()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.TamperBodyAsync(body => body.Replace(
            """{"item_id":1,"name":"one","last_updated":"2022-11-03T14:20:52.186"}""", """{"name":"one"}""", StringComparison.Ordinal));

        await scene.RunAsync();

        Assert.Contains(ComparisonReason.OtherBody, scene.Log.Text, StringComparison.Ordinal);
        Assert.Equal(["""{"item_id":1,"name":"one","last_updated":"2022-11-03T14:20:52.186"}"""], (await scene.NewestAsync()).ChangedRows);
        Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
    }

    [Fact]
    public async Task A_damaged_metadatum_counts_as_missing()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.TamperAsync(version =>
        {
            var metadata = new ObjectMetadata();
            foreach (var (name, value) in version.Metadata.ToObjectMetadata()) metadata.Add(name, name == "snapshot-xmin" ? "x" : value);
            return (version.Body, metadata);
        });

        await scene.RunAsync();

        Assert.Contains(ComparisonReason.NoMetadata, scene.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{\"item_id\":1")]
    [InlineData("{\"item_id\":1}")]
    [InlineData("[1,2]")]
    [InlineData("not JSON")]
    public async Task A_newest_version_that_can_t_be_read_is_an_error_line_and_one_is_written_from_scratch(string body)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await scene.TamperBodyAsync(_ => body);
        var damaged = (await scene.KeysAsync())[0];

        await scene.RunAsync();

        var version = await scene.NewestAsync();
        Assert.Equal((3, 3, null), (version.Metadata.Rows, version.Metadata.Changed, version.Metadata.Previous));
        var error = Assert.Single(scene.Log.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Error);
        Assert.Contains(damaged.Rows, error.Message, StringComparison.Ordinal);
        Assert.Matches(@"at byte \d+", error.Message);
    }

    [Fact]
    public async Task An_event_that_asks_for_it_writes_every_row_as_changed_without_a_previous_version()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();

        await scene.RunAsync(request: new ExtractRequest { IsFull = true });

        var version = await scene.NewestAsync();
        Assert.Equal(2, (await scene.KeysAsync()).Count);
        Assert.Equal((3, 3, (TableVersion?)null), (version.Metadata.Rows, version.Metadata.Changed, version.Metadata.Previous));
        Assert.Equal(version.Rows, version.ChangedRows);
    }
}
