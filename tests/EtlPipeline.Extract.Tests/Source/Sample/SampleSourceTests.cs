using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Source.Sample;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Tables;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Extract.Tests.Source.Sample;

/// <summary>Generated sample tables go through the same code as a database.</summary>
public sealed class SampleSourceTests
{
    private static readonly DateTimeOffset Moment = new DateTimeOffset(2024, 12, 16, 7, 54, 0, TimeSpan.Zero).AddTicks(1_234_560);

    [Fact]
    public async Task Each_run_brings_what_changed_since_and_leaves_nothing_out()
    {
        await using var scene = await ExtractScene.CreateAsync("SELECT 1");
        scene.Limits = ExtractScene.Tiny with { SegmentRows = 50, ChunkBytes = 20_000 };
        var history = new SampleHistory(new SampleOptions { Scale = 0.1 });
        var clock = new FakeTimeProvider(Moment);
        var source = new SampleSource(history, clock);

        for (var run = 0; run < 4; run++)
        {
            var summary = await scene.RunAsync(source, "*");
            Assert.All(summary.Tables, table => Assert.True(table.IsComplete));
            if (run > 0) Assert.NotEmpty(summary.Versions);
            foreach (var table in TotesysTables.All)
            {
                var keys = table.RowsOf(history.At(clock.GetUtcNow())).Select(row => row.Key).ToList();
                Assert.Equal(keys.Count, (await scene.LoadedAsync(table.Name)).Count);
            }

            clock.Advance(TimeSpan.FromHours(3));
        }

        var newest = await scene.NewestAsync("sales_order");
        Assert.Equal(SourceKind.Sample, newest.Metadata.Source);
        Assert.Null(newest.Metadata.Wal);
    }

    [Fact]
    public async Task Rows_are_written_as_the_database_writes_them()
    {
        await using var scene = await ExtractScene.CreateAsync("SELECT 1");
        var source = new SampleSource(new SampleHistory(new SampleOptions { Scale = 0.01 }), new FakeTimeProvider(Moment));

        await scene.RunAsync(source, "payment, currency, counterparty, address");

        Assert.StartsWith("""{"currency_id":1,"currency_code":"GBP","created_at":"2022-11-03T""", (await scene.NewestAsync("currency")).Rows[0], StringComparison.Ordinal);
        Assert.Matches("\"payment_amount\":\\d+\\.\\d\\d,", (await scene.NewestAsync("payment")).Rows[0]);
        Assert.Matches("\"paid\":(true|false),", (await scene.NewestAsync("payment")).Rows[0]);
    }
}
