using System.Globalization;
using System.Text.Json;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Load;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Proofs;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtlPipeline.Local.Tests.Commands;

public sealed class PlanCommandTests
{
    private const string Columns = """
        SELECT table_name || '.' || column_name || ' ' || format_type(atttypid, atttypmod)
        FROM information_schema.columns
        JOIN pg_attribute ON attrelid = format('%I.%I', table_schema, table_name)::regclass AND attname = column_name
        WHERE table_schema = 'public' AND table_name IN (SELECT relname FROM pg_class WHERE relkind IN ('r', 'p'))
        """;

    [Fact]
    public async Task A_first_run_is_planned_and_nothing_is_written_anywhere()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);

        var call = await scene.CallAsync("plan");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Contains("The warehouse would get the table dim_currency.", call.Output, StringComparison.Ordinal);
        Assert.Contains("The next run: 1 row to read, 31 to write, 0 to delete, 0 to reject.", call.Output, StringComparison.Ordinal);
        Assert.Empty(await scene.Warehouse.RowsAsync(Columns));
        Assert.Empty(LakeOf(scene));
    }

    [Fact]
    public async Task A_plan_for_a_program_is_JSON_with_the_documented_keys()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency + ";" + PipelineScene.InsertUnknownCurrency);

        var call = await scene.CallAsync("plan", "--json", "--table", "currency");
        using var plan = JsonDocument.Parse(call.Output);
        var table = plan.RootElement.GetProperty("tables")[0];

        Assert.Equal(2, call.ExitCode);
        Assert.Equal(["places", "tables", "schemaChanges", "rejectedRows"], plan.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["table", "reasons", "rowsRead", "bytesSent", "rowsWritten", "rowsDeleted", "rowsRejected", "corrections"], table.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("currency", 2, 1, 1), (table.GetProperty("table").GetString(), table.GetProperty("rowsRead").GetInt32(), table.GetProperty("rowsWritten").GetInt32(), table.GetProperty("rowsRejected").GetInt32()));
        Assert.Equal("first", Assert.Single(table.GetProperty("reasons").EnumerateArray()).GetString());
        Assert.Equal(1, plan.RootElement.GetProperty("rejectedRows").GetInt32());
    }

    [Fact]
    public async Task A_refused_delete_is_foretold_and_so_is_its_acceptance()
    {
        await using var scene = await PipelineScene.CreateAsync(
            "INSERT INTO design (design_name, file_location, file_name, last_updated) SELECT 'n' || i, '/', 'f', now() FROM generate_series(1, 10) AS i");
        await scene.CallAsync("run");
        await scene.Totesys.ExecuteAsync("DELETE FROM design WHERE design_id > 2");

        var refused = await scene.CallAsync("plan");
        var accepted = await scene.CallAsync("plan", "--accept-deletes", "design");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--accept-deletes design", refused.Error, StringComparison.Ordinal);
        Assert.Contains("nothing to do; not all could be done", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, accepted.ExitCode);
        Assert.Contains("8 to delete", accepted.Output, StringComparison.Ordinal);
        Assert.Equal(10L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_design_history WHERE valid_to IS NULL"));
    }

    [Fact]
    public async Task While_a_load_is_at_work_nothing_is_foretold()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        await using var other = await scene.Warehouse.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(x'4C4F4144'::integer, (SELECT oid::bigint % 2147483648 FROM pg_namespace WHERE nspname = 'public')::integer)", other);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var call = await scene.CallAsync("plan");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("Another Load works in the schema 'public'. Plan again when it has ended.", call.Error, StringComparison.Ordinal);
    }

    /// <summary>On a source that stands still, what was planned is what is done, whatever has happened before; and the plan itself does nothing.</summary>
    [Fact]
    public async Task Whatever_has_happened_a_plan_says_what_the_run_then_does()
    {
        for (var seed = 0; seed < ProofSize.PlannedHistories; seed++) await FollowHistoryAsync(new Random(seed), seed);
    }

    private static async Task FollowHistoryAsync(Random random, int seed)
    {
        await using var scene = await PipelineScene.CreateAsync(string.Join(';', Actions.Take(3)));
        var settings = Settings(scene);
        for (var run = 0; run < 5; run++)
        {
            var (lake, before, schema) = (LakeOf(scene), await WarehouseOf(scene), await scene.Warehouse.RowsAsync(Columns));
            var (planned, rehearsal) = await ExecuteAsync(settings, isRehearsal: true);
            Assert.Equal(lake, LakeOf(scene));
            Assert.Equal(before, await WarehouseOf(scene));

            var (done, _) = await ExecuteAsync(settings, isRehearsal: false);
            Assert.True(planned == done, $"seed {seed}, run {run}: planned\n{planned}\ndone\n{done}");
            Assert.Equal(Changes(schema, await scene.Warehouse.RowsAsync(Columns)), rehearsal!.SchemaChanges.Select(change => change.Table).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejected"), rehearsal.RejectedRows);

            for (var step = random.Next(1, 6); step > 0; step--) await scene.Totesys.ExecuteAsync(Actions[random.Next(Actions.Length)]);
            if (random.Next(4) == 0) Delete(Path.Combine(scene.Folder.Path, "processed"), random);
        }
    }

    private static async Task<(string Done, LoadRehearsal? Rehearsal)> ExecuteAsync(PipelineSettings settings, bool isRehearsal)
    {
        var progress = new RunProgress();
        using var buckets = new ObjectStores(s3Endpoint: null, TimeProvider.System);
        using var rehearsal = isRehearsal ? new Rehearsal() : null;
        await using var pipeline = new LocalPipeline(settings, buckets, progress, TimeProvider.System, NullLogger.Instance, rehearsal);
        var outcome = await pipeline.RunAsync(new RunOrder(), TestContext.Current.CancellationToken);
        var tables = progress.Tables.OrderBy(table => table.Table.Value, StringComparer.Ordinal).Select(table => string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Table} {string.Join('+', table.Reasons)} {table.Step}: {table.Read} read, {table.Sent} bytes, {table.Compared} compared, {table.Written} written, {table.Deleted} deleted, {table.Rejected} rejected, {table.Corrections} corrections"));
        return (string.Join('\n', tables.Append($"{new RunFailedException(outcome.Failures).Faults.Count} faults")), rehearsal?.Load);
    }

    private static PipelineSettings Settings(PipelineScene scene)
    {
        var variables = new Dictionary<string, string>(scene.Variables) { ["AWS_TABLES_LIST"] = "*" };
        return PipelineSettings.Read(SettingsSource.FromEnvironment(scene.Folder.Path, name => variables.GetValueOrDefault(name)));
    }

    private static IEnumerable<string> Changes(IEnumerable<string> before, IEnumerable<string> after) =>
        after.Except(before).Select(column => column.Split('.')[0]).Distinct().Order(StringComparer.Ordinal);

    private static List<string> LakeOf(PipelineScene scene) =>
        [.. Directory.EnumerateFiles(scene.Folder.Path, "*", SearchOption.AllDirectories).Select(path => $"{Path.GetRelativePath(scene.Folder.Path, path)} {new FileInfo(path).Length}").Order(StringComparer.Ordinal)];

    private static async Task<List<string>> WarehouseOf(PipelineScene scene)
    {
        var contents = new List<string>();
        foreach (var table in await scene.Warehouse.RowsAsync("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"))
            contents.Add($"{table}: {(await scene.Warehouse.RowsAsync($"SELECT count(*), md5(string_agg(r::text, ';' ORDER BY r::text)) FROM \"{table}\" AS r"))[0]}");
        return contents;
    }

    private static void Delete(string bucket, Random random)
    {
        var tables = Directory.GetDirectories(bucket).Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal).ToList();
        if (tables.Count > 0) Directory.Delete(tables[random.Next(tables.Count)], recursive: true);
    }

    private static readonly string[] Actions =
    [
        "INSERT INTO design (design_name, file_location, file_name, last_updated) SELECT 'd' || i, '/', 'f', now() FROM generate_series(1, 40) AS i",
        PipelineScene.InsertCurrency,
        "CREATE TABLE IF NOT EXISTS note (id bigint PRIMARY KEY, body text, amount numeric(10,2)); INSERT INTO note SELECT i, repeat('x', i), i * 1.25 FROM generate_series(1, 200) AS i ON CONFLICT DO NOTHING",
        "UPDATE design SET file_name = file_name || 'x' WHERE design_id % 3 = 0",
        "UPDATE design SET file_name = file_name",
        "DELETE FROM design WHERE design_id = (SELECT max(design_id) FROM design)",
        "DELETE FROM design WHERE design_id > 5",
        "INSERT INTO currency (currency_code, created_at, last_updated) VALUES ('QQQ', now(), now())",
        "UPDATE currency SET currency_code = 'USD' WHERE currency_code = 'QQQ'",
        "DELETE FROM currency WHERE currency_code = 'QQQ'",
        "INSERT INTO note SELECT 1000 + (SELECT coalesce(max(id), 0) FROM note) + i, 'new', i FROM generate_series(1, 7) AS i",
        "UPDATE note SET body = body || '!' WHERE id % 50 = 1",
        "DELETE FROM note WHERE id % 40 = 7",
        "UPDATE note SET id = id + (SELECT max(id) FROM note) WHERE id % 90 = 3",
        "ALTER TABLE note ADD COLUMN IF NOT EXISTS seen date",
        "ALTER TABLE note ADD COLUMN IF NOT EXISTS seen date; UPDATE note SET seen = '2024-02-29' WHERE id % 9 = 0",
        "ALTER TABLE note ALTER COLUMN amount TYPE numeric(14,3) USING amount::numeric(14,3)",
        "ALTER TABLE note ALTER COLUMN amount TYPE text",
        "CREATE TABLE IF NOT EXISTS later (code text PRIMARY KEY, value double precision); INSERT INTO later VALUES ('a', 0.1), ('b', 'NaN') ON CONFLICT DO NOTHING",
        "DROP TABLE IF EXISTS later",
        "TRUNCATE note",
        "INSERT INTO department (department_name, location, manager, created_at, last_updated) VALUES ('Sales', 'x', 'y', now(), now()); INSERT INTO staff (first_name, last_name, department_id, email_address, created_at, last_updated) SELECT 'a', 'b', max(department_id), 'a@b', now(), now() FROM department",
        "UPDATE department SET location = location || '.'",
    ];
}
