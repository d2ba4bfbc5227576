using System.IO.Compression;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;
using EtlPipeline.Testing.Stores;
using EtlPipeline.Transform.Tests.Lakes;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class HostileInputTests : IDisposable
{
    private const string Version = $"dim_design/{Stamps.First}";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(PlantedSecret.Value);

    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task JSON_nested_ten_thousand_deep_in_a_column_that_is_not_needed_is_read_over()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        await PutAsync(SourceRows.Design(1).Replace("\"last_updated\":null", $"\"last_updated\":{deep}", StringComparison.Ordinal));

        await _lake.SweepAsync();

        Assert.Equal(["1|Wooden|/usr|w.json"], _lake.Rows(Version));
    }

    [Fact]
    public async Task JSON_nested_ten_thousand_deep_in_a_needed_column_is_rejected()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000);
        await PutAsync(SourceRows.Design(1, deep), SourceRows.Design(2));

        await _lake.SweepAsync();

        Assert.Equal(["2|Wooden|/usr|w.json"], _lake.Rows(Version));
        Assert.Equal(1, (await _lake.MetadataAsync(Version)).Rejected);
    }

    [Fact]
    public async Task A_row_with_a_needed_column_twice_is_rejected()
    {
        await PutAsync("{\"design_id\":1,\"design_name\":\"a\",\"design_n\\u0061me\":\"b\",\"file_location\":\"c\",\"file_name\":\"d\"}");

        await _lake.SweepAsync();

        Assert.Equal("column 'design_name' is there twice", _lake.Rejected(Version).Single().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_name_that_is_not_valid_Unicode_does_no_harm()
    {
        await PutAsync("{\"\\ud800\":1," + SourceRows.Design(1)[1..]);

        await _lake.SweepAsync();

        Assert.Single(_lake.Rows(Version));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_rejected_as_they_are()
    {
        var row = Encoding.Latin1.GetBytes(SourceRows.Design(1, "\"caf\u00e9\""));
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Count = 1 }, IngestedTable.Pack([.. "["u8, .. row, .. "]"u8]));

        await _lake.SweepAsync();

        Assert.Equal((0, 1), ((await _lake.MetadataAsync(Version)).Rows, (await _lake.MetadataAsync(Version)).Rejected));
    }

    [Fact]
    public async Task Texts_of_a_megabyte_are_kept_exactly()
    {
        var text = string.Concat(Enumerable.Repeat("Größe 🎉 ' OR 1=1; -- ", 50_000));
        await PutAsync([.. Enumerable.Range(1, 30).Select(id => SourceRows.Design(id, $"\"{text}\""))]);

        await _lake.SweepAsync();

        Assert.Equal(30, (await _lake.MetadataAsync(Version)).Rows);
        Assert.All(_lake.ParquetFile(Version).Select("design_name"), name => Assert.Equal(text, name));
        Assert.NotEqual(1, _lake.ParquetFile(Version).RowGroups());
    }

    [Fact]
    public async Task A_table_with_thousands_of_other_columns_is_read()
    {
        var width = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"\"column_{i}\":{i},"));
        await PutAsync("{" + width + SourceRows.Design(1)[1..]);

        await _lake.SweepAsync();

        Assert.Single(_lake.Rows(Version));
    }

    [Fact]
    public async Task A_row_that_is_longer_than_any_that_Extract_writes_makes_the_version_unreadable()
    {
        var row = Encoding.UTF8.GetBytes($"[{SourceRows.Design(1)},{{\"design_id\":2,\"design_name\":\"");
        await using var body = new RepeatedStream(row, Secret, 40_000_000 / Secret.Length, "\"}]"u8.ToArray());
        await using var packed = TemporaryFile.Create();
        await using (var gzip = new GZipStream(packed.Stream, CompressionLevel.Fastest, leaveOpen: true)) await body.CopyToAsync(gzip, Lake.Cancellation);
        packed.Stream.Position = 0;
        var table = new IngestedTable("design", Stamps.First) { Count = 2 };
        await _lake.PutAsync(table.Key.Segments, SegmentsJson.Write(table.Segments).ToArray());
        await _lake.Ingestion.PutIfAbsentAsync(table.Key.Rows, packed.Stream, table.Metadata.ToObjectMetadata(), Lake.Cancellation);

        await _lake.SweepAsync();

        Assert.True((await _lake.MetadataAsync(Version)).IsUnreadable);
        var error = Assert.Single(_lake.Messages(LogLevel.Error));
        Assert.Contains($"'{table.Key.Rows}' is damaged: a row of more than {RowLimits.Bytes} bytes begins at byte", error, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedSecret.Text, _lake.Log, StringComparison.Ordinal);
    }

    private Task PutAsync(params string[] rows) => _lake.PutAsync(new IngestedTable("design", Stamps.First, rows));
}
