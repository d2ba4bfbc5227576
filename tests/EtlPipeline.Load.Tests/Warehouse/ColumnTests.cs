using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Tests.Warehouse;

public class ColumnTests
{
    private static readonly TargetDescription Thing = TestTarget.Fact("fact_thing", "id", "id integer!", "a integer!");

    [Fact]
    public async Task A_column_that_is_added_later_is_filled_in_place_until_a_round_that_began_after_it_is_complete()
    {
        await using var load = await LoadScene.CreateAsync();
        var things = load.Target(Thing);
        await things.WholeAsync(1, [[1, 1], [2, 2], [3, 3]]);
        await load.SweepAsync();
        things.Description = TestTarget.Fact("fact_thing", "id", "id integer!", "a integer!", "b text!");
        await things.ChunkAsync(2, new KeyRange(null, new RowKey("1")), [[1, 1, "x"]], VersionReason.Round);
        await things.ChangesAsync(3, [[2, 9, "y"]], metadata => metadata with { Verified = LakeTarget.Stamp(1), OldestRead = LakeTarget.Stamp(1), IsComplete = true });
        await load.SweepAsync();
        Assert.Equal("(1,1,x,t) (2,2,,f) (2,9,y,t) (3,3,,t)", await RowsAsync());
        Assert.Equal("""("{""b"": ""2026-11-23_12-02-00-000000""}")""", await load.RowsAsync("SELECT filling FROM etl_target"));

        await things.WholeAsync(4, [[1, 1, "x"], [2, 9, "y"], [3, 3, "z"]], VersionReason.Round);
        await load.SweepAsync();
        Assert.Equal("(1,1,x,t) (2,2,,f) (2,9,y,t) (3,3,z,t)", await RowsAsync());
        Assert.Equal("({})", await load.RowsAsync("SELECT filling FROM etl_target"));

        await things.ChangesAsync(5, [[3, 3, "w"]]);
        await load.SweepAsync();
        Assert.Equal("(1,1,x,t) (2,2,,f) (2,9,y,t) (3,3,z,f) (3,3,w,t)", await RowsAsync());

        Task<string> RowsAsync() => load.RowsAsync("SELECT id, a, b, valid_to IS NULL FROM fact_thing ORDER BY id, record_id");
    }

    [Fact]
    public async Task A_column_that_is_dropped_or_renamed_is_kept_and_is_NULL_from_then_on()
    {
        await using var load = await LoadScene.CreateAsync();
        var (things, people) = (load.Target(Thing), load.Target(TestTarget.Staff));
        await things.WholeAsync(1, [[1, 1]]);
        await people.WholeAsync(1, [[1, "Ann"]]);
        await load.SweepAsync();
        things.Description = TestTarget.Fact("fact_thing", "id", "id integer!", "renamed integer!");
        people.Description = TestTarget.Dimension("dim_staff", "staff_id", "staff_id integer!", "full_name text!");
        await things.ChangesAsync(2, [[1, 5], [2, 6]]);
        await people.ChangesAsync(2, [[2, "Bob B"]]);
        await load.SweepAsync();

        Assert.Equal("(1,1,5) (2,,6)", await load.RowsAsync("SELECT id, a, renamed FROM thing_current ORDER BY 1"));
        Assert.Equal("(1,Ann,) (2,,\"Bob B\")", await load.RowsAsync("SELECT staff_id, name, full_name FROM dim_staff ORDER BY 1"));
    }

    [Theory]
    [InlineData("integer", "bigint", "4", "5000000000")]
    [InlineData("numeric(4,2)", "numeric(10,2)", "4.00", "12345.67")]
    [InlineData("character varying(3)", "character varying(5)", "abc", "abcde")]
    [InlineData("character varying(3)", "text", "abc", "abcde")]
    [InlineData("real", "double precision", "4", "0.1")]
    [InlineData("timestamp(0) without time zone", "timestamp without time zone", "2026-01-01 00:00:00", "2026-01-01 00:00:00.123456")]
    public async Task A_wider_type_is_applied_and_views_and_functions_show_it(string type, string wider, string first, string second)
    {
        await using var load = await LoadScene.CreateAsync();
        var things = load.Target(TestTarget.Fact("fact_thing", "id", "id integer!", $"a {type}"));
        await things.WholeAsync(1, [[1, first]]);
        await load.SweepAsync();
        things.Description = TestTarget.Fact("fact_thing", "id", "id integer!", $"a {wider}");
        await things.ChangesAsync(2, [[2, second]]);
        await load.SweepAsync();

        Assert.Equal(wider, await load.Database.ScalarAsync<string>("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'thing_current'::regclass AND attname = 'a'"));
        Assert.Equal(second, await load.Database.ScalarAsync<string>("SELECT a::text FROM fact_thing_as_of('infinity') WHERE id = 2"));
    }

    [Fact]
    public async Task Another_change_of_type_is_refused_and_the_error_names_table_and_column()
    {
        await using var load = await LoadScene.CreateAsync();
        var things = load.Target(Thing);
        await things.WholeAsync(1, [[1, 1]]);
        await load.SweepAsync();
        things.Description = TestTarget.Fact("fact_thing", "id", "id integer!", "c integer", "a date");
        await things.ChangesAsync(2, [[1, 1, "2026-01-01"]]);

        Assert.Contains("table 'fact_thing', column 'a': it is integer, and the target's description says date", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal("(record_id) (id) (a) (valid_from) (valid_to)", await load.RowsAsync("SELECT attname FROM pg_attribute WHERE attrelid = 'fact_thing'::regclass AND attnum > 0 ORDER BY attnum"));
    }

    [Fact]
    public async Task What_depends_on_a_column_that_has_to_change_is_named_and_nothing_is_half_altered()
    {
        await using var load = await LoadScene.CreateAsync();
        var things = load.Target(Thing);
        await things.WholeAsync(1, [[1, 1]]);
        await load.SweepAsync();
        await load.Database.ExecuteAsync("CREATE VIEW mine AS SELECT a FROM fact_thing; CREATE VIEW \"Yours\" AS SELECT a + 1 AS b FROM thing_current");
        things.Description = TestTarget.Fact("fact_thing", "id", "id integer!", "c text", "a bigint!");
        await things.ChangesAsync(2, [[1, "x", 1L]]);
        Assert.Contains("it is used by \"Yours\", mine; drop what uses it", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal("(1)", await load.RowsAsync("SELECT a FROM thing_current"));

        await load.Database.ExecuteAsync("DROP VIEW mine; DROP VIEW \"Yours\"");
        await load.SweepAsync();
        Assert.Equal("(1,1,x)", await load.RowsAsync("SELECT id, a, c FROM thing_current"));
    }

    [Fact]
    public async Task A_view_that_others_made_over_ours_goes_on_when_a_column_is_added()
    {
        await using var load = await LoadScene.CreateAsync();
        var things = load.Target(Thing);
        await things.WholeAsync(1, [[1, 1]]);
        await load.SweepAsync();
        await load.Database.ExecuteAsync("CREATE VIEW mine AS SELECT * FROM thing_current; CREATE VIEW later AS SELECT * FROM fact_thing_as_of('infinity')");
        things.Description = TestTarget.Fact("fact_thing", "id", "id integer!", "b text", "a integer!");
        await things.ChangesAsync(2, [[2, "x", 1]]);
        await load.SweepAsync();

        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM mine"));
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM later"));
        Assert.Equal("(,1) (x,2)", await load.RowsAsync("SELECT b, id FROM fact_thing_as_of('infinity') ORDER BY 2"));
    }

    [Fact]
    public async Task Comments_say_what_tables_and_columns_mean()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null]]);
        await load.SweepAsync();

        Assert.Equal("(\"The sales\",\"The amount\",\"Twice the amount\")", await load.RowsAsync(
            "SELECT obj_description('fact_sale'::regclass), col_description('fact_sale'::regclass, 4), (SELECT col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = 'sale_current'::regclass AND attname = 'double_amount')"));
    }

    [Fact]
    public async Task The_view_of_changes_says_what_was_and_what_became()
    {
        await using var load = await LoadScene.CreateAsync();
        var things = load.Target(TestTarget.Fact("fact_thing", "id", "id integer!", "a integer", "last_updated_date date"));
        await things.WholeAsync(1, [[1, 1, "2026-01-01"], [2, 2, "2026-01-01"]]);
        await load.SweepAsync();
        await things.ChangesAsync(2, [[1, 5, "2026-01-01"]]);
        await things.ChangesAsync(3, [[1, 6, "2026-01-02"]]);
        await things.WholeAsync(4, [[2, 2, "2026-01-01"]], VersionReason.Deleted);
        await things.ChangesAsync(5, [[1, 6, "2026-01-02"]]);
        await load.SweepAsync();

        Assert.Equal(
            ["01|new|{a,id,last_updated_date}|∅|{\"a\": 1, \"id\": 1, \"last_updated_date\": \"2026-01-01\"}|∅", "02|changed|{a}|{\"a\": 1}|{\"a\": 5}|f",
             "03|changed|{a,last_updated_date}|{\"a\": 5, \"last_updated_date\": \"2026-01-01\"}|{\"a\": 6, \"last_updated_date\": \"2026-01-02\"}|t",
             "04|deleted|{a,id,last_updated_date}|{\"a\": 6, \"id\": 1, \"last_updated_date\": \"2026-01-02\"}|∅|∅", "05|returned|{a,id,last_updated_date}|∅|{\"a\": 6, \"id\": 1, \"last_updated_date\": \"2026-01-02\"}|∅"],
            await load.Database.RowsAsync("SELECT to_char(seen_at AT TIME ZONE 'UTC', 'MI'), change, columns, was, became, last_updated_moved FROM fact_thing_changes WHERE id = 1 ORDER BY seen_at"));
    }

    [Fact]
    public async Task The_function_that_shows_a_moment_is_inlined_and_uses_the_index()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null]]);
        await load.SweepAsync();
        var plan = await load.Database.RowsAsync("SET enable_seqscan = off; EXPLAIN SELECT * FROM fact_sale_as_of(now()) WHERE sale_id = 1");

        Assert.Contains(plan, line => line.Contains("Index", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Function Scan", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("integer", "smallint", "Holds")]
    [InlineData("smallint", "bigint", "Widens")]
    [InlineData("integer", "numeric(10,2)", "Differs")]
    [InlineData("integer", "numeric", "Widens")]
    [InlineData("numeric(10,2)", "numeric(12,2)", "Widens")]
    [InlineData("numeric(10,2)", "numeric(10,4)", "Differs")]
    [InlineData("numeric", "numeric(10,2)", "Holds")]
    [InlineData("text", "character varying(3)", "Holds")]
    [InlineData("character varying(3)", "character varying", "Widens")]
    [InlineData("enum", "text", "Holds")]
    [InlineData("text", "integer", "Differs")]
    [InlineData("integer", "text", "Differs")]
    [InlineData("time(3) without time zone", "time without time zone", "Widens")]
    [InlineData("timestamp without time zone", "timestamp with time zone", "Differs")]
    [InlineData("integer[]", "bigint[]", "Widens")]
    [InlineData("integer[]", "integer", "Differs")]
    [InlineData("json", "jsonb", "Differs")]
    public void Types_are_compared_by_what_they_hold(string actual, string wanted, string fit) =>
        Assert.Equal(fit, ColumnFits.Compare(actual, wanted).ToString());
}
