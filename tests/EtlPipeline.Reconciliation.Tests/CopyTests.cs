using EtlPipeline.Core.Lake;

namespace EtlPipeline.Reconciliation.Tests;

/// <summary>Tables of a user's own, of any type and key.</summary>
public sealed class CopyTests
{
    private const string Everything = """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN year AS integer CHECK (VALUE > 1900);
        CREATE TABLE everything (
            id uuid PRIMARY KEY, flag boolean, small smallint, big bigint, price numeric(12,3), any_number numeric, single real, double double precision,
            fixed character(5), short varchar(9), note text, day date, at time, moment timestamp(3), instant timestamptz, doc jsonb, raw_doc json, bytes bytea,
            mood mood, made year, tags text[], numbers integer[], host inet, span interval, part int4range);
        INSERT INTO everything SELECT md5(n::text)::uuid, n % 2 = 0, n, n * 10000000000, n + 0.5, ('1.' || repeat('0', n))::numeric, n / 3.0, 1e22 * n,
            'ab', 'ä', E'line\n"quoted" \\ 😀', date '2024-01-01' + n, time '10:00:00.12' + n * interval '1 second', timestamp '2024-01-01 10:00:00.5', timestamptz '2024-01-01 10:00:00+02',
            '{"b": 1.50, "a": [1, null]}', '{"b":  1}', '\x00ff', 'ok', 2000 + n, ARRAY['x', NULL, 'y,z'], ARRAY[n], '192.168.0.1', interval '1 day 2 hours', int4range(1, n + 1)
        FROM generate_series(1, 20) AS n;
        INSERT INTO everything (id, single, any_number) VALUES ('ffffffff-0000-0000-0000-000000000000', 'NaN', 'NaN'), ('ffffffff-0000-0000-0000-000000000001', '-Infinity', 1e30);
        """;

    private const string Lines = """
        CREATE TABLE line (order_id int, code text COLLATE "und-x-icu", note text, PRIMARY KEY (order_id, code));
        INSERT INTO line SELECT o, c, 'n' FROM generate_series(9, 11) AS o, unnest(ARRAY['B', 'a', 'ä', E'\U0001F600', E'\uE000', 'b/c', '']) AS c;
        """;

    [Fact]
    public async Task Every_column_of_a_copy_is_compared()
    {
        await using var scene = await ReconcileScene.LoadAsync(Everything, "everything");
        var before = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });
        Assert.Empty(ReconcileScene.Lines(target => target.Unconfirmed, before));
        await scene.WarehouseDatabase.ExecuteAsync("""
            UPDATE stg_everything SET any_number = any_number + 0.000000000000000000001 WHERE small = 1;
            UPDATE stg_everything SET double = double * 2, tags = '{x}', host = '10.0.0.1', part = 'empty' WHERE small = 2;
            UPDATE stg_everything_history SET doc = '{"b": 1.5}', bytes = '\x01', fixed = 'abc' WHERE small = 3;
            """);

        var report = await scene.ReconcileAsync();

        var columns = report.Targets.SelectMany(target => target.Faults.Kinds).SelectMany(kind => kind.First).Select(row => $"{row.Relation} {string.Join(',', row.Columns)}").Order(StringComparer.Ordinal);
        Assert.Equal(["stg_everything any_number", "stg_everything double,tags,host,part", "stg_everything_history fixed,doc,bytes"], columns);
    }

    [Fact]
    public async Task Composite_keys_and_texts_are_walked_in_one_order_on_both_sides()
    {
        await using var scene = await ReconcileScene.LoadAsync(Lines, "line");
        var before = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });
        Assert.Empty(ReconcileScene.Lines(target => target.Unconfirmed, before));
        Assert.Equal(21, before.Targets.Single(target => target.Target.Value == "stg_line").WarehouseRows);
        await scene.WarehouseDatabase.ExecuteAsync("DELETE FROM stg_line WHERE code = U&'\\E000' AND order_id = 9; UPDATE stg_line SET note = 'm' WHERE code = U&'\\+01F600' AND order_id = 11; INSERT INTO stg_line VALUES (10, 'ab', 'n')");

        var report = await scene.ReconcileAsync();

        Assert.Equal(
            [$"stg_line Missing 9/{'\uE000'}", "stg_line Surplus 10/ab", "stg_line Differing 11/\U0001F600 note"],
            ReconcileScene.Lines(target => target.Faults, report));
    }

    [Fact]
    public async Task A_copy_is_also_compared_by_a_checksum_of_every_row()
    {
        await using var scene = await ReconcileScene.LoadAsync(Everything, "everything");
        var options = new ReconcileOptions { IsChecksum = true, Run = _ => scene.RunAsync() };
        var before = await scene.ReconcileAsync(options);
        Assert.Equal((ReconciliationOutcome.Equal, 22L), (before.Outcome, before.Targets.Single().WarehouseRows));
        await scene.WarehouseDatabase.ExecuteAsync("UPDATE stg_everything SET price = price + 0.001 WHERE small = 1");

        var report = await scene.ReconcileAsync(options);

        Assert.Equal(["stg_everything Checksum"], ReconcileScene.Lines(target => target.Faults, report));
    }

    [Fact]
    public async Task A_checksum_leaves_rejected_rows_out_and_is_looked_at_again_after_a_change()
    {
        await using var scene = await ReconcileScene.LoadAsync(
            "CREATE TABLE event (id int PRIMARY KEY, hour time); INSERT INTO event VALUES (1, '14:20'), (2, '24:00'), (3, '24:00')", "event");
        await scene.SourceDatabase.ExecuteAsync("INSERT INTO event VALUES (4, '00:00')");

        var report = await scene.ReconcileAsync(new ReconcileOptions { IsChecksum = true, Run = _ => scene.RunAsync() });

        Assert.Equal((ReconciliationOutcome.Equal, 2L), (report.Outcome, report.Targets.Single().Rejected));
    }

    [Fact]
    public async Task What_is_not_compared_is_named_and_an_empty_source_does_not_pass()
    {
        await using var scene = await ReconcileScene.LoadAsync("CREATE TABLE empty (id int PRIMARY KEY); CREATE TABLE keyless (n int)", "*", isLoaded: false);

        var report = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });

        Assert.Equal(ReconciliationOutcome.NothingCompared, report.Outcome);
        var keyless = report.Targets.Single(target => target.Target.Value == "keyless");
        Assert.Equal(TargetOutcome.NotCompared, keyless.Outcome);
        Assert.Contains("no key", keyless.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_never_arrived_is_missing_and_not_passed_over()
    {
        await using var scene = await ReconcileScene.LoadAsync("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)", "item", isLoaded: false);

        var report = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });

        Assert.Equal(["stg_item Missing 1", "stg_item_history Missing 1"], ReconcileScene.Lines(target => target.Unconfirmed, report));
    }

    [Fact]
    public async Task A_copy_whose_table_is_gone_is_named_and_one_table_can_be_compared_alone()
    {
        await using var scene = await ReconcileScene.LoadAsync("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1); CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (1)", "*");
        await scene.SourceDatabase.ExecuteAsync("DROP TABLE other");

        var all = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });
        var one = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false, Only = new HashSet<TableName> { TableName.Parse("item") } });

        Assert.Equal((TargetOutcome.NotCompared, "the source has no such table, or AWS_TABLES_LIST doesn't name it"), all.Targets.Where(target => target.Target.Value == "stg_other").Select(target => (target.Outcome, target.Reason)).Single());
        Assert.Equal(["stg_item"], one.Targets.Select(target => target.Target.Value));
        Assert.Equal(ReconciliationOutcome.Equal, one.Outcome);
    }
}
