using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.Load.Tests.Warehouse;

public class AdoptionTests
{
    private const string Original = """
        CREATE TABLE dim_staff (staff_id integer PRIMARY KEY, name varchar NOT NULL);
        INSERT INTO dim_staff VALUES (1, 'Ann');
        CREATE TABLE fact_sale (sale_record_id serial PRIMARY KEY, sale_id integer, last_updated_date date, last_updated_time time, staff_id integer REFERENCES dim_staff, amount numeric(10,2));
        INSERT INTO fact_sale VALUES
            (1, 10, '2025-01-01', '10:00', 1, 1), (2, 10, '2025-01-02', '10:00', 1, 2), (3, 10, '2024-01-01', '10:00', 1, 3), (4, 10, '2025-03-01', '10:00', 1, 3),
            (5, 11, NULL, NULL, 1, 5), (6, 12, '2999-01-01', '00:00', 1, 6), (7, NULL, '2025-01-01', '10:00', 1, 7), (8, NULL, '2025-01-02', '10:00', 1, 8)
        """;

    private static readonly TargetDescription Sale =
        TestTarget.Fact("fact_sale", "sale_id", "sale_id integer!", "last_updated_date date", "last_updated_time time without time zone", "staff_id integer -> dim_staff", "amount numeric(10,2)") with { RecordId = "sale_record_id" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warehouse_of_others_is_recognised_and_the_error_says_what_its_owner_runs_and_then_Load_goes_on()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Database.ExecuteAsync(Original);
        var sales = load.Target(Sale);
        await sales.WholeAsync(1, [[10, "2025-03-01", "10:00", 1, 3m], [11, "2025-06-01", "10:00", 1, 5m], [12, "2999-01-01", "00:00", 1, 6m]]);
        var message = await load.FailingSweepAsync();
        Assert.Contains("-v schema=public -v fact=fact_sale -v record_id=sale_record_id -v key=sale_id -v loader=<role of Load> -f src/EtlPipeline.Load/Warehouse/adopt.sql", message, StringComparison.Ordinal);

        await AdoptAsync(load.Database, "postgres");
        Assert.Equal("(4,10) (5,11) (6,12)", await load.RowsAsync("SELECT sale_record_id, sale_id FROM fact_sale WHERE valid_to IS NULL ORDER BY 1"));
        Assert.Equal("(t)", await load.RowsAsync("SELECT bool_and(valid_from <= now() AND (valid_to IS NULL OR valid_to >= valid_from)) FROM fact_sale"));
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM fact_sale WHERE sale_id = 10 AND valid_from <= '2025-01-02 11:00+00' AND valid_to > '2025-01-01 11:00+00' AND valid_from < valid_to"));

        await load.SweepAsync();
        Assert.Equal("(4,10) (6,12) (9,11)", await load.RowsAsync("SELECT sale_record_id, sale_id FROM sale_current ORDER BY 1"));
        Assert.Equal("(11,2025-06-01,5.00)", await load.RowsAsync("SELECT sale_id, last_updated_date, amount FROM sale_current WHERE sale_id = 11"));
    }

    [Fact]
    public async Task A_loader_that_is_not_the_owner_loads_an_adopted_warehouse()
    {
        await using var load = await LoadScene.CreateAsync();
        var role = $"loader_{load.Database.Settings.Database}";
        await load.Database.ExecuteAsync(Original);
        await load.Database.ExecuteAsync($"CREATE ROLE {role} LOGIN; GRANT CREATE, USAGE ON SCHEMA public TO {role}");
        try
        {
            await AdoptAsync(load.Database, role);
            await using var warehouse = new Core.PostgreSql.PostgreSqlDatabase(load.Database.Settings with { User = role }, new Core.PostgreSql.SessionOptions());
            var (sales, staff) = (load.Target(Sale), load.Target(TestTarget.Staff));
            await sales.WholeAsync(1, [[10, "2025-03-01", "10:00", 1, 4m], [11, null, null, 2, 5m], [12, "2999-01-01", "00:00", 1, 6m]]);
            await staff.WholeAsync(1, [[1, "Anna"]]);
            await new LoadStage(load.Bucket, warehouse, TimeProvider.System, load.Log.Logger).RunAsync(new Core.Hosting.StageEvent.Sweep(), Core.Hosting.Invocation.Unlimited("1", Token));

            Assert.Equal("(10,4.00) (11,5.00) (12,6.00)", await load.RowsAsync("SELECT sale_id, amount FROM sale_current ORDER BY 1"));
            Assert.Equal("(1,Anna) (2,unknown)", await load.RowsAsync("SELECT * FROM dim_staff ORDER BY 1"));
            foreach (var forbidden in (string[])["DELETE FROM fact_sale", "TRUNCATE fact_sale", "DELETE FROM dim_staff"])
                await Assert.ThrowsAsync<Npgsql.PostgresException>(() => load.Database.ExecuteAsync($"SET ROLE {role}; {forbidden}"));
        }
        finally
        {
            await load.Database.ExecuteAsync($"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_warehouse_of_format_1_keeps_what_it_had_under_other_names()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Database.ExecuteAsync("""
            CREATE TABLE etl_migration (number integer PRIMARY KEY, name text, applied_at timestamptz); INSERT INTO etl_migration VALUES (1, 'ledger', now());
            CREATE TABLE etl_load (target text, version text, is_skipped boolean, PRIMARY KEY (target, version)); INSERT INTO etl_load VALUES ('x', 'y', false)
            """);
        var staff = load.Target(TestTarget.Staff);
        await staff.WholeAsync(1, [[1, "Ann"]]);
        await load.SweepAsync();

        Assert.Equal("(x,y,f)", await load.RowsAsync("SELECT * FROM etl_load_format_1"));
        Assert.Equal("(dim_staff)", await load.RowsAsync("SELECT target FROM etl_load"));
    }

    [Fact]
    public async Task A_reader_that_is_made_before_the_first_load_sees_what_comes_later_and_can_change_nothing()
    {
        await using var load = await LoadScene.CreateAsync();
        var (loader, reader) = ($"loader_{load.Database.Settings.Database}", $"reader_{load.Database.Settings.Database}");
        await RunAsync(load.Database, "create_loader.sql", $"loader={loader}");
        await RunAsync(load.Database, "create_bi_reader.sql", $"loader={loader}", $"reader={reader}");
        try
        {
            await using var warehouse = new Core.PostgreSql.PostgreSqlDatabase(load.Database.Settings with { User = loader }, new Core.PostgreSql.SessionOptions());
            var sales = load.Target(TestTarget.Sale);
            await sales.WholeAsync(1, [[1, 1, 1m, null]]);
            await new LoadStage(load.Bucket, warehouse, TimeProvider.System, load.Log.Logger).RunAsync(new Core.Hosting.StageEvent.Sweep(), Core.Hosting.Invocation.Unlimited("1", Token));

            Assert.Equal(["1|1|1"], await load.Database.RowsAsync($"SET ROLE {reader}; SELECT (SELECT count(*) FROM sale_current), (SELECT count(*) FROM fact_sale_as_of('infinity')), (SELECT count(*) FROM fact_sale_changes)"));
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => load.Database.ExecuteAsync($"SET ROLE {reader}; DELETE FROM fact_sale"));
            Assert.Equal("(off)", await load.RowsAsync($"SELECT substr(setting, 5) FROM pg_roles, unnest(rolconfig) AS setting WHERE rolname = '{reader}' AND setting LIKE 'jit=%'"));
        }
        finally
        {
            await load.Database.ExecuteAsync($"DROP OWNED BY {loader} CASCADE; DROP OWNED BY {reader} CASCADE; DROP ROLE {loader}; DROP ROLE {reader}");
        }
    }

    private static Task AdoptAsync(TestDatabase database, string role) => RunAsync(database, "adopt.sql", "fact=fact_sale", "record_id=sale_record_id", "key=sale_id", $"loader={role}");

    private static Task RunAsync(TestDatabase database, string script, params IEnumerable<string> variables) =>
        Psql.RunFileAsync(database, $"src/EtlPipeline.Load/Warehouse/{script}", variables.Prepend("schema=public"));
}
