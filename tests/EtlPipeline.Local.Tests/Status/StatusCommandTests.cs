using System.Text;
using System.Text.Json;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Status;

public sealed class StatusCommandTests
{
    private static readonly CompositeFormat InsertCurrency = CompositeFormat.Parse(
        "INSERT INTO currency (currency_code, created_at, last_updated) VALUES ('{0}', now(), now())");

    [Fact]
    public async Task Before_the_first_run_only_the_source_is_known()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();

        var currency = await ReadAsync(folder, PipelineVariables.Of(totesys, warehouse, folder), "currency");

        Assert.Equal(0, currency.GetProperty("sourceRows").GetInt64());
        Assert.Equal(JsonValueKind.Null, currency.GetProperty("ingestedVersion").ValueKind);
        Assert.Equal(JsonValueKind.Null, currency.GetProperty("warehouseRows").ValueKind);
        Assert.Equal(0, currency.GetProperty("pendingLoad").GetInt32());
    }

    [Fact]
    public async Task What_waits_for_the_warehouse_is_pending_and_what_was_rejected_is_counted()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        var variables = PipelineVariables.Of(totesys, warehouse, folder);
        await totesys.ExecuteAsync(string.Format(null, InsertCurrency, "GBP"));
        await LocalCall.RunAsync(folder.Path, variables, "run");
        await totesys.ExecuteAsync(string.Format(null, InsertCurrency, "QQQ"));
        await LocalCall.RunAsync(folder.Path, new Dictionary<string, string>(variables) { ["WAREHOUSE_DB_DB"] = "not_there" }, "run");

        var currency = await ReadAsync(folder, variables, "currency");
        var table = await LocalCall.RunAsync(folder.Path, variables, "status");

        Assert.Equal(2, currency.GetProperty("sourceRows").GetInt64());
        Assert.Equal(1, currency.GetProperty("warehouseRows").GetInt64());
        Assert.Equal(1, currency.GetProperty("rejectedRows").GetInt64());
        Assert.Equal(1, currency.GetProperty("pendingLoad").GetInt32());
        Assert.NotEqual(currency.GetProperty("processedVersion").GetString(), currency.GetProperty("loadedVersion").GetString());
        Assert.Contains("1 to load", table.Output, StringComparison.Ordinal);
        Assert.Contains("call `replay`", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_row_is_a_warning_of_the_run()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        await totesys.ExecuteAsync(string.Format(null, InsertCurrency, "QQQ"));

        var call = await LocalCall.RunAsync(folder.Path, PipelineVariables.Of(totesys, warehouse, folder), "run");

        Assert.Equal(0, call.ExitCode);
        Assert.StartsWith("warning: ", call.Error, StringComparison.Ordinal);
        Assert.Contains("dim_currency", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        var variables = PipelineVariables.Of(totesys, warehouse, folder);
        variables["TOTE_SYS_DB_DB"] = "not_there";

        var call = await LocalCall.RunAsync(folder.Path, variables, "status", "--json");

        Assert.Equal(1, call.ExitCode);
        Assert.Empty(call.Output);
        Assert.Contains("database 'not_there'", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_data_have_no_rows_to_count()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        using var folder = new TestFolder();
        var variables = PipelineVariables.Of(warehouse, warehouse, folder);
        variables["IS_OLTP_OK"] = "False";

        var currency = await ReadAsync(folder, variables, "currency");

        Assert.Equal(JsonValueKind.Null, currency.GetProperty("sourceRows").ValueKind);
    }

    private static async Task<JsonElement> ReadAsync(TestFolder folder, Dictionary<string, string> variables, string table)
    {
        var call = await LocalCall.RunAsync(folder.Path, variables, "status", "--json");
        Assert.Equal("", call.Error);
        using var document = JsonDocument.Parse(call.Output);
        return document.RootElement.GetProperty("tables").EnumerateArray().Single(row => row.GetProperty("table").GetString() == table).Clone();
    }
}
