using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Tests.Scenes;
using Npgsql;

namespace EtlPipeline.Load.Tests.Warehouse;

public class ForeignKeyTests
{
    private const string Keys = "SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' ORDER BY 1";

    [Fact]
    public async Task A_fact_gets_its_foreign_keys_when_its_first_round_is_complete()
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await staff.WholeAsync(1, []);
        await sales.ChunkAsync(1, new KeyRange(null, new RowKey("1")), [[1, 1, 1m, null]]);
        await load.SweepAsync();
        Assert.Equal("", await load.RowsAsync(Keys));

        await sales.ChunkAsync(2, new KeyRange(new RowKey("1"), null), [], change: metadata => metadata with { IsComplete = true, Verified = LakeTarget.Stamp(1), OldestRead = LakeTarget.Stamp(1) });
        await load.SweepAsync();
        Assert.Equal("(fact_sale_staff_id_fkey,t)", await load.RowsAsync(Keys));
    }

    [Fact]
    public async Task A_dimension_that_comes_after_its_fact_gets_all_members_and_the_foreign_key_with_the_next_version()
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await sales.WholeAsync(1, [[1, 7, 1m, null]]);
        await load.SweepAsync();
        await staff.WholeAsync(2, [[1, "Ann"]]);
        await sales.ChangesAsync(2, [[2, 8, 1m, null]]);
        await load.SweepAsync();

        Assert.Equal("(1) (7) (8)", await load.RowsAsync("SELECT staff_id FROM dim_staff ORDER BY 1"));
        Assert.Equal("(fact_sale_staff_id_fkey,t)", await load.RowsAsync(Keys));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_version_with_many_rows_takes_the_foreign_keys_off_and_puts_them_back_unless_somebody_reads_the_table(bool isRead)
    {
        await using var load = await LoadScene.CreateAsync(options: new SessionOptions { LockTimeout = TimeSpan.FromSeconds(30) });
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await sales.WholeAsync(1, [[1, 1, 1m, null]]);
        await load.SweepAsync();
        var before = await load.RowsAsync("SELECT oid FROM pg_constraint WHERE contype = 'f'");
        await using var reader = await load.Database.OpenAsync();
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        if (isRead) await reader.ExecuteAsync("LOCK TABLE fact_sale IN ACCESS SHARE MODE", TestContext.Current.CancellationToken);
        await sales.ChangesAsync(2, [.. Enumerable.Range(2, 1500).Select(id => (object?[])[id, 1, 1m, null])]);
        await load.SweepAsync();

        Assert.Equal("(1501)", await load.RowsAsync("SELECT count(*) FROM fact_sale"));
        Assert.Equal("(fact_sale_staff_id_fkey,t)", await load.RowsAsync(Keys));
        Assert.Equal(isRead, before == await load.RowsAsync("SELECT oid FROM pg_constraint WHERE contype = 'f'"));
        Assert.Equal(isRead, load.Log.Entries.Any(entry => entry.EventName == "ForeignKeysStay"));
    }

    [Fact]
    public async Task Of_several_versions_with_many_rows_each_puts_the_foreign_keys_back_and_the_last_one_has_the_table_looked_at()
    {
        await using var load = await LoadScene.CreateAsync(options: new SessionOptions { LockTimeout = TimeSpan.FromSeconds(30) });
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await sales.WholeAsync(1, [[1, 1, 1m, null]]);
        await load.SweepAsync();
        await sales.ChangesAsync(2, [.. Enumerable.Range(1, 1500).Select(id => (object?[])[id, 7, 2m, null])]);
        await sales.ChangesAsync(3, [.. Enumerable.Range(1, 1500).Select(id => (object?[])[id, 8, 3m, null])]);
        var between = new List<(string Keys, bool IsRefused)>();
        await load.AnotherStage(progress: new Looking(() => between.Add(Look(load)))).RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("request-2", TestContext.Current.CancellationToken));

        Assert.Equal([("(fact_sale_staff_id_fkey,f)", true), ("(fact_sale_staff_id_fkey,f)", true)], between);
        Assert.Equal("(fact_sale_staff_id_fkey,t)", await load.RowsAsync(Keys));
        Assert.Equal("(1) (7) (8)", await load.RowsAsync("SELECT staff_id FROM dim_staff ORDER BY 1"));
    }

    /// <summary>A chunk of a large table is a small part of it; all chunks together are not.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Versions_that_only_together_bring_many_rows_take_the_foreign_keys_off_too(int versions, bool areTaken)
    {
        await using var load = await LoadScene.CreateAsync(options: new SessionOptions { LockTimeout = TimeSpan.FromSeconds(30) });
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await sales.WholeAsync(1, [.. Enumerable.Range(1, 31_000).Select(id => (object?[])[id, 1, 1m, null])]);
        await load.SweepAsync();
        var before = await load.RowsAsync("SELECT oid FROM pg_constraint WHERE contype = 'f'");
        for (var version = 2; version < 2 + versions; version++)
            await sales.ChangesAsync(version, [.. Enumerable.Range(1, 1001).Select(id => (object?[])[id, version, (decimal)version, null])]);
        await load.SweepAsync();

        Assert.Equal(areTaken, before != await load.RowsAsync("SELECT oid FROM pg_constraint WHERE contype = 'f'"));
        Assert.Equal("(fact_sale_staff_id_fkey,t)", await load.RowsAsync(Keys));
    }

    [Fact]
    public async Task A_foreign_key_that_a_killed_load_left_unchecked_is_checked_with_the_next_version()
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await sales.WholeAsync(1, [[1, 1, 1m, null]]);
        await load.SweepAsync();
        await load.Database.ExecuteAsync("""
            ALTER TABLE fact_sale DROP CONSTRAINT fact_sale_staff_id_fkey;
            UPDATE fact_sale SET staff_id = 9;
            ALTER TABLE fact_sale ADD CONSTRAINT fact_sale_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES dim_staff (staff_id) NOT VALID
            """);
        await sales.ChangesAsync(2, [[2, 1, 1m, null]]);
        await load.SweepAsync();

        Assert.Equal("(fact_sale_staff_id_fkey,t)", await load.RowsAsync(Keys));
        Assert.Equal("(1) (9)", await load.RowsAsync("SELECT staff_id FROM dim_staff ORDER BY 1"));
    }

    [Fact]
    public async Task A_dimension_of_a_composite_key_is_not_referred_to()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        var staff = load.Target(TestTarget.Dimension("dim_staff", "staff_id,name", "staff_id integer!", "name text!"));
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await sales.WholeAsync(1, [[1, 7, 1m, null]]);
        await load.SweepAsync();

        Assert.Equal("", await load.RowsAsync(Keys));
        Assert.Equal("(1,Ann)", await load.RowsAsync("SELECT * FROM dim_staff"));
    }

    /// <summary>How the foreign keys are just after a version, and whether they keep a row out whose member isn't there.</summary>
    private static (string Keys, bool IsRefused) Look(LoadScene load)
    {
        using var connection = new NpgsqlConnection(load.Database.ConnectionString);
        connection.Open();
        using var keys = new NpgsqlCommand($"SELECT string_agg(r::text, ' ') FROM ({Keys}) AS r", connection);
        var text = (string)keys.ExecuteScalar()!;
        using var insert = new NpgsqlCommand("INSERT INTO fact_sale (sale_id, staff_id, valid_from) VALUES (99999, 4711, now())", connection);
        return (text, Record.Exception(() => insert.ExecuteNonQuery()) is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation });
    }

    private sealed class Looking(Action look) : IProgress<VersionLoaded>
    {
        public void Report(VersionLoaded value) => look();
    }
}
