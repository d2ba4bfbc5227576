using EtlPipeline.Core.Hosting;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Processing;

public sealed class EventTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task An_event_with_several_records_brings_each_table_up_to_date_once()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second) { Changed = [SourceRows.Design()] });
        await _lake.PutAsync(new IngestedTable("payment", Stamps.First) { Changed = [SourceRows.Payment] });

        var summary = await _lake.RingAsync($"design/{Stamps.First}.json", $"payment/{Stamps.First}.json", $"design/{Stamps.Second}.json");

        Assert.Equal(
            [$"dim_design {Stamps.First}", $"dim_design {Stamps.Second}", $"fact_payment {Stamps.First}"],
            summary.Versions.Select(version => $"{version.Target} {version.Version}"));
    }

    [Fact]
    public async Task A_doorbell_leaves_other_tables_alone()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });
        await _lake.PutAsync(new IngestedTable("payment", Stamps.First) { Changed = [SourceRows.Payment] });

        await _lake.RingAsync($"design/{Stamps.First}.json");

        Assert.Empty(_lake.Keys("fact_payment/"));
    }

    [Fact]
    public async Task A_sweep_brings_every_table_up_to_date()
    {
        string[] tables = ["address", "department", "counterparty", "currency", "design", "payment", "payment_type", "purchase_order", "sales_order", "staff", "transaction"];
        foreach (var table in tables) await _lake.PutAsync(new IngestedTable(table, Stamps.First));

        var summary = await _lake.SweepAsync();

        Assert.Equal(
            ["dim_counterparty", "dim_currency", "dim_design", "dim_location", "dim_payment_type", "dim_staff", "dim_transaction", "fact_payment", "fact_purchase_order", "fact_sales_order"],
            summary.Versions.Select(version => version.Target.Value).Order());
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("design/2026-11-23_12-00-00-000001.deleted.json")]
    [InlineData("design/2026-11-23_12-00-00-000001.parquet")]
    [InlineData("design/2026-13-23_12-00-00-000001.json")]
    [InlineData("../design/2026-11-23_12-00-00-000001.json")]
    [InlineData("design/../design/2026-11-23_12-00-00-000001.json")]
    [InlineData("design%2F2026-11-23_12-00-00-000001.json")]
    [InlineData("design'; DROP TABLE x; --/2026-11-23_12-00-00-000001.json")]
    [InlineData("design\n\0/2026-11-23_12-00-00-000001.json")]
    [InlineData("/2026-11-23_12-00-00-000001.json")]
    [InlineData("")]
    [InlineData("design/")]
    public async Task A_key_of_any_other_form_is_ignored_with_a_log_line(string key)
    {
        var summary = await _lake.RingAsync(key);

        Assert.Empty(summary.Versions);
        Assert.Contains(_lake.Messages("Information"), message => message.StartsWith($"Key '{key}' ignored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Department_makes_no_dimension_and_the_function_says_so_and_stops()
    {
        await _lake.PutAsync(new IngestedTable("department", Stamps.First) { Changed = [SourceRows.Department()] });

        var summary = await _lake.RingAsync($"department/{Stamps.First}.json");

        Assert.Empty(summary.Versions);
        Assert.Contains("department makes no dimension of its own; nothing to do.", _lake.Messages("Information"));
    }

    [Fact]
    public async Task A_table_without_a_target_is_ignored_with_a_log_line()
    {
        await _lake.PutAsync(new IngestedTable("warehouse_cat", Stamps.First) { Changed = ["{}"] });

        var summary = await _lake.RingAsync($"warehouse_cat/{Stamps.First}.json");

        Assert.Empty(summary.Versions);
        Assert.Contains(_lake.Messages("Information"), message => message.StartsWith("warehouse_cat ignored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_delivered_twice_changes_nothing()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });
        await _lake.RingAsync($"design/{Stamps.First}.json");
        var puts = _lake.Processed.Puts.Count;

        var summary = await _lake.RingAsync($"design/{Stamps.First}.json");

        Assert.Empty(summary.Versions);
        Assert.Equal(puts, _lake.Processed.Puts.Count);
    }

    [Fact]
    public async Task An_object_deleted_before_its_event_arrives_is_an_error_that_names_the_key_and_nothing_is_written()
    {
        var failure = await Assert.ThrowsAsync<StageFailedException>(() => _lake.RingAsync($"design/{Stamps.First}.json"));

        Assert.Contains($"design/{Stamps.First}.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"design/{Stamps.First}.json", Assert.Single(_lake.Messages("Error")), StringComparison.Ordinal);
        Assert.Empty(_lake.Keys("dim_design/"));
    }

    [Fact]
    public async Task An_object_deleted_between_the_listing_and_the_reading_is_an_error_and_nothing_is_written()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });
        _lake.Ingestion.BeforeOpen = key => _lake.Delete("ingestion", key);

        var failure = await Assert.ThrowsAsync<StageFailedException>(_lake.SweepAsync);

        Assert.Contains($"design/{Stamps.First}.json", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_lake.Keys("dim_design/"));
    }

    [Fact]
    public async Task A_table_that_fails_does_not_stop_the_others()
    {
        await _lake.PutAsync(new IngestedTable("staff", Stamps.First) { Changed = [SourceRows.Staff()] });
        await _lake.PutAsync(new IngestedTable("transaction", Stamps.First) { Changed = [SourceRows.Transaction] });

        var failure = await Assert.ThrowsAsync<StageFailedException>(_lake.SweepAsync);

        Assert.Equal("dim_staff", Assert.Single(failure.Failures).Subject);
        Assert.Single(_lake.Rows($"dim_transaction/{Stamps.First}"));
        Assert.Single(_lake.Messages("Error"));
    }

    [Fact]
    public async Task An_invocation_ends_with_one_summary_line()
    {
        await _lake.PutAsync(new IngestedTable("currency", Stamps.First) { Changed = [SourceRows.Currency(), SourceRows.Currency(2, "\"???\"")] });

        await _lake.SweepAsync();

        Assert.StartsWith("Transform done: 1 versions, 1 rows, 1 rejected, 0 failures", _lake.Messages("Information")[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("???", _lake.Log, StringComparison.Ordinal);
        Assert.Contains("\"request_id\":\"request-1\"", _lake.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_invocation_stops()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design()] });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _lake.Stage().RunAsync(new Core.Hosting.StageEvent.Sweep(), "r", new CancellationToken(canceled: true)));
    }
}
