using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Tests.Lakes;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class EventTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task An_event_with_several_records_brings_each_table_up_to_date_once()
    {
        await _lake.PutAsync(
            new IngestedTable("design", Stamps.First, SourceRows.Design()),
            new IngestedTable("design", Stamps.Second, SourceRows.Design()),
            new IngestedTable("payment", Stamps.First, SourceRows.Payment));

        var summary = await _lake.RingAsync($"design/{Stamps.First}.json.gz", $"payment/{Stamps.First}.json.gz", $"design/{Stamps.Second}.json.gz");

        Assert.Equal(
            [$"dim_design {Stamps.First}", $"dim_design {Stamps.Second}", $"fact_payment {Stamps.First}"],
            summary.Versions.Select(version => $"{version.Target} {version.Version}"));
    }

    [Fact]
    public async Task A_doorbell_leaves_other_tables_alone()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, SourceRows.Design()), new IngestedTable("payment", Stamps.First, SourceRows.Payment));

        await _lake.RingAsync($"design/{Stamps.First}.json.gz");

        Assert.Empty(_lake.Keys("fact_payment/"));
    }

    [Fact]
    public async Task A_sweep_brings_every_table_up_to_date_those_without_a_target_too()
    {
        string[] tables = ["address", "department", "counterparty", "currency", "design", "payment", "payment_type", "purchase_order", "sales_order", "staff", "transaction", "cat"];
        foreach (var table in tables)
        {
            var lookUps = new Dictionary<string, string> { ["department"] = Stamps.First, ["address"] = Stamps.First };
            await _lake.PutAsync(new IngestedTable(table, Stamps.First) { LookUps = lookUps });
        }

        var summary = await _lake.SweepAsync();

        Assert.Equal(
            ["dim_counterparty", "dim_currency", "dim_design", "dim_location", "dim_payment_type", "dim_staff", "dim_transaction", "fact_payment", "fact_purchase_order", "fact_sales_order", "stg_cat"],
            summary.Versions.Select(version => version.Target.Value).Order());
    }

    [Fact]
    public async Task Department_makes_no_dimension_and_the_stage_says_so_and_stops()
    {
        await _lake.PutAsync(new IngestedTable("department", Stamps.First, SourceRows.Department()));

        var summary = await _lake.RingAsync($"department/{Stamps.First}.json.gz");

        Assert.Empty(summary.Versions);
        Assert.Contains("department makes no table of its own: others look up in it. Nothing to do.", _lake.Messages(LogLevel.Information));
        Assert.Empty(_lake.Keys("stg_department/"));
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData($"design/{Stamps.First}.segments")]
    [InlineData("design/2026-13-01_12-00-00-000000.json.gz")]
    [InlineData($"rejected/dim_design/{Stamps.First}.json.gz")]
    [InlineData("")]
    public async Task A_key_of_another_form_is_ignored_with_a_line(string key)
    {
        Assert.Empty((await _lake.RingAsync(key)).Versions);

        Assert.Contains($"Key '{key}' ignored: it isn't of the form table/version.json.gz.", _lake.Messages(LogLevel.Information));
    }

    [Fact]
    public async Task An_object_that_was_announced_and_is_not_there_is_reported_after_the_others_are_done()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, SourceRows.Design()));

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => _lake.RingAsync($"design/{Stamps.Second}.json.gz"));

        Assert.Contains($"'design/{Stamps.Second}.json.gz'", failure.Message, StringComparison.Ordinal);
        Assert.Single(_lake.Rows($"dim_design/{Stamps.First}"));
    }

    [Fact]
    public async Task A_version_that_was_announced_late_is_done()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second, SourceRows.Design()));
        await _lake.SweepAsync();

        Assert.Empty((await _lake.RingAsync($"design/{Stamps.First}.json.gz")).Versions);
    }

    [Fact]
    public async Task One_table_that_fails_does_not_hold_up_the_others()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First, SourceRows.Design()), new IngestedTable("payment", Stamps.First, SourceRows.Payment));
        _lake.Processed.BeforePut = key => key.StartsWith("dim_design/", StringComparison.Ordinal) ? throw new IOException("full") : Task.CompletedTask;

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => _lake.SweepAsync());

        Assert.Equal("design", Assert.Single(failure.Failures).Subject);
        Assert.Single(_lake.Rows($"fact_payment/{Stamps.First}"));
    }

    [Fact]
    public async Task A_lake_of_format_1_is_told_how_to_begin_anew()
    {
        await _lake.PutAsync($"design/{Stamps.First}.json", "[]"u8.ToArray());

        var swept = await Assert.ThrowsAsync<StageFailedException>(() => _lake.SweepAsync());
        var rung = await Assert.ThrowsAsync<StageFailedException>(() => _lake.RingAsync($"design/{Stamps.First}.json"));

        Assert.All([swept, rung], failure => Assert.Contains("AWS_INGEST_BUCKET", failure.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "Begin anew")]
    [InlineData("3", "by version 9.9. Deploy that version")]
    public async Task Metadata_of_another_format_is_an_error_that_says_what_to_do(string format, string expected)
    {
        var table = new IngestedTable("design", Stamps.First, SourceRows.Design());
        await _lake.PutAsync(table.Key.Segments, SegmentsJson.Write(table.Segments).ToArray());
        await _lake.PutAsync(table.Key.Rows, await table.BodyAsync(), new ObjectMetadata { { "format", format } });

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => _lake.SweepAsync());

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_lake.Keys("dim_design/"));
    }
}
