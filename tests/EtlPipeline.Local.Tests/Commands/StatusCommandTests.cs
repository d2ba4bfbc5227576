using System.Text.Json;

namespace EtlPipeline.Local.Tests.Commands;

public sealed class StatusCommandTests
{
    [Fact]
    public async Task With_a_star_the_tables_are_those_that_are_carried_without_partitions_and_tables_without_a_key()
    {
        await using var scene = await PipelineScene.CreateAsync("""
            DROP SCHEMA public CASCADE; CREATE SCHEMA public;
            CREATE TABLE visit (id bigint, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE visit_2024 PARTITION OF visit FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE TABLE log (line text);
            INSERT INTO visit VALUES (1, '2024-05-05')
            """);
        await scene.CallWithAsync("AWS_TABLES_LIST", "*", "run");

        var call = await scene.CallWithAsync("AWS_TABLES_LIST", "*", "status", "--json");
        using var status = JsonDocument.Parse(call.Output);

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(["stg_visit", "dim_date"], status.RootElement.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("target").GetString()));
        Assert.Equal(JsonValueKind.String, status.RootElement.GetProperty("verifiedThrough").ValueKind);
    }

    [Fact]
    public async Task Before_the_first_run_nothing_is_known_and_nothing_is_wrong()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var (call, status) = await ReadAsync(scene);

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(JsonValueKind.Null, Table(status, "currency").GetProperty("ingestedVersion").ValueKind);
        Assert.Equal(JsonValueKind.Null, Table(status, "currency").GetProperty("knownSegments").ValueKind);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("verifiedThrough").ValueKind);
    }

    [Fact]
    public async Task After_a_run_it_says_since_when_every_row_is_compared_with_the_source()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");

        var (_, status) = await ReadAsync(scene);
        var currency = Table(status, "currency");
        var call = await scene.CallAsync("status");

        Assert.Equal((1, 1, 0), (currency.GetProperty("sourceRows").GetInt32(), currency.GetProperty("knownSegments").GetInt32(), currency.GetProperty("unknownSegments").GetInt32()));
        Assert.Equal(currency.GetProperty("ingestedVersion").GetString(), currency.GetProperty("loadedVersion").GetString());
        Assert.NotEqual(JsonValueKind.Null, currency.GetProperty("verifiedThrough").ValueKind);
        Assert.True(status.GetProperty("isUpToDate").GetBoolean());
        Assert.Contains("Every row compared with the source since ", call.Output, StringComparison.Ordinal);
        Assert.Contains("0 corrections, 0 rejected", call.Output, StringComparison.Ordinal);
        Assert.StartsWith(scene.Totesys.Settings.Database, call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_is_computed_and_so_it_was_never_compared_with_the_source()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");

        var (_, status) = await ReadAsync(scene);
        var calendar = status.GetProperty("tables").EnumerateArray().Single(row => row.GetProperty("target").GetString() == "dim_date");
        var call = await scene.CallAsync("status");

        Assert.Equal(JsonValueKind.String, calendar.GetProperty("loadedVersion").ValueKind);
        Assert.Equal(JsonValueKind.Null, calendar.GetProperty("verifiedThrough").ValueKind);
        Assert.Equal(JsonValueKind.Null, calendar.GetProperty("historySince").ValueKind);
        Assert.Contains("computed, not read", call.Output.Split('\n').Single(line => line.Contains("dim_date", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_is_pending()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");
        await scene.Totesys.ExecuteAsync("UPDATE currency SET currency_code = 'USD'");
        await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");

        var (_, status) = await ReadAsync(scene);
        var call = await scene.CallAsync("status");

        Assert.Equal(1, Table(status, "currency").GetProperty("pendingLoad").GetInt32());
        Assert.Contains("1 to load", call.Output, StringComparison.Ordinal);
        Assert.Contains(" -- replay`", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_row_counts_once_and_makes_the_exit_code_2_until_it_is_mended()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertUnknownCurrency);
        await scene.CallAsync("run");
        await scene.CallAsync("replay", "--table", "currency");

        var (rejected, status) = await ReadAsync(scene);
        await scene.Totesys.ExecuteAsync("UPDATE currency SET currency_code = 'USD'");
        await scene.CallAsync("run");
        var (mended, after) = await ReadAsync(scene);

        Assert.Equal((2, 1), (rejected.ExitCode, status.GetProperty("rejectedRows").GetInt32()));
        Assert.Equal((0, 0), (mended.ExitCode, after.GetProperty("rejectedRows").GetInt32()));
    }

    [Fact]
    public async Task A_row_that_was_altered_by_hand_is_mended_and_is_a_correction()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");
        await scene.Warehouse.ExecuteAsync("UPDATE etl_load SET corrections = 3 WHERE target = 'dim_currency'");

        var (_, status) = await ReadAsync(scene);

        Assert.Equal(3, status.GetProperty("corrections").GetInt32());
    }

    [Fact]
    public async Task A_blocked_target_is_told_with_the_command_that_accepts_the_deletes()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");
        await scene.Warehouse.ExecuteAsync("UPDATE etl_target SET is_blocked = true WHERE target = 'dim_currency'");

        var call = await scene.CallAsync("status");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("run --accept-deletes currency", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_gone_holds_nothing_back_and_its_rejected_rows_can_be_forgotten()
    {
        await using var scene = await PipelineScene.CreateAsync("CREATE TABLE late (id integer PRIMARY KEY, hour time); INSERT INTO late VALUES (1, '24:00'); CREATE TABLE kept (id integer PRIMARY KEY)");
        scene.Variables["AWS_TABLES_LIST"] = "late, kept";
        await scene.CallAsync("run");
        scene.Variables["AWS_TABLES_LIST"] = "kept";
        await scene.Warehouse.ExecuteAsync("UPDATE etl_target SET verified_through = NULL WHERE target = 'stg_late'");

        var call = await scene.CallAsync("status");
        await scene.Warehouse.ExecuteAsync(call.Output.Split("Forget its rejected rows: ")[1].Split('\n')[0]);

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("no longer read", call.Output, StringComparison.Ordinal);
        Assert.Contains("Every row compared with the source since", call.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await scene.CallAsync("status")).ExitCode);
    }

    [Fact]
    public async Task A_lake_of_format_1_is_told_how_to_begin_anew()
    {
        await using var scene = await PipelineScene.CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Folder.Path, "ingestion", "currency"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "2026-11-23_12-45-03-123456.json"), "[]", TestContext.Current.CancellationToken);
        await scene.Warehouse.ExecuteAsync("CREATE TABLE etl_load (target text, version text, is_skipped boolean)");

        var call = await scene.CallAsync("status");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("a lake of format 1", call.Output, StringComparison.Ordinal);
        Assert.Contains("was made by format 1", call.Output, StringComparison.Ordinal);
        Assert.Contains("AWS_INGEST_BUCKET", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_a_table_that_has_a_target_now_is_retired()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await scene.CallAsync("run");
        await scene.Warehouse.ExecuteAsync("INSERT INTO etl_target (target, kind, source_table) VALUES ('stg_currency', 'copy', 'currency')");

        var call = await scene.CallAsync("status");

        Assert.Contains("retired: currency has a target of its own now", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_that_is_not_there_is_named_and_the_document_is_not_begun()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "status", "--json");

        Assert.Equal(1, call.ExitCode);
        Assert.Empty(call.Output);
        Assert.Contains("database 'not_there'", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_the_document_are_these_and_none_is_left_out()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var (_, status) = await ReadAsync(scene);

        Assert.Equal(
            ["places", "checkedAt", "lastRunAt", "lastRunAgeSeconds", "isUpToDate", "verifiedThrough", "corrections", "rejectedRows", "notices", "tables"],
            status.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            [
                "table", "target", "sourceRows", "knownSegments", "unknownSegments", "dueSegments", "ingestedVersion", "processedVersion", "loadedVersion",
                "verifiedThrough", "historySince", "warehouseRows", "warehouseRowsAreEstimated", "corrections", "rejectedRows", "pendingTransform",
                "pendingLoad", "isBlocked", "isRetired", "isUnread",
            ],
            status.GetProperty("tables")[0].EnumerateObject().Select(property => property.Name));
    }

    private static JsonElement Table(JsonElement status, string table) =>
        status.GetProperty("tables").EnumerateArray().Single(row => row.GetProperty("table").GetString() == table);

    private static async Task<(LocalCall Call, JsonElement Status)> ReadAsync(PipelineScene scene)
    {
        var call = await scene.CallAsync("status", "--json");
        Assert.Equal("", call.Error);
        using var document = JsonDocument.Parse(call.Output);
        return (call, document.RootElement.Clone());
    }
}
