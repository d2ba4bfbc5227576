using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests.Warehouse;

public class DimensionTests
{
    [Fact]
    public async Task A_member_is_written_only_if_something_differs()
    {
        await using var load = await LoadScene.CreateAsync();
        var staff = load.Target(TestTarget.Staff);
        await staff.WholeAsync(1, [[1, "Ann"], [2, "Bob"]]);
        await load.SweepAsync();
        var before = await load.RowsAsync("SELECT staff_id, xmin FROM dim_staff WHERE staff_id = 1");
        await staff.WholeAsync(2, [[1, "Ann"], [2, "Rob"]], VersionReason.Round);
        await load.SweepAsync();

        Assert.Equal(before, await load.RowsAsync("SELECT staff_id, xmin FROM dim_staff WHERE staff_id = 1"));
        Assert.Equal("(1,Ann) (2,Rob)", await load.RowsAsync("SELECT * FROM dim_staff ORDER BY 1"));
    }

    [Fact]
    public async Task A_dimension_that_others_made_with_types_of_their_own_is_filled_and_inferred_members_have_values_of_the_types()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Database.ExecuteAsync("""
            CREATE TYPE grade AS ENUM ('junior', 'senior');
            CREATE TYPE mood AS ENUM ('happy', 'unknown');
            CREATE TABLE dim_staff (staff_id integer PRIMARY KEY, name text NOT NULL, grade grade NOT NULL, joined date NOT NULL, mood mood NOT NULL,
                code varchar(3) NOT NULL, token uuid NOT NULL, tags text[] NOT NULL, manager_id integer REFERENCES dim_staff)
            """);
        var staff = load.Target(TestTarget.Dimension("dim_staff", "staff_id", "staff_id integer!", "name character varying!", "grade character varying!", "manager_id integer"));
        var sales = load.Target(TestTarget.Sale);
        await staff.WholeAsync(1, [[1, "Ann", "senior", 2], [2, "Bob", "junior", 9]]);
        await sales.WholeAsync(1, [[1, 1, 1m, null], [2, 5, 1m, null]]);
        await load.SweepAsync();

        Assert.Equal("(1,Ann,senior,2) (2,Bob,junior,9) (5,unknown,junior,) (9,unknown,junior,)", await load.RowsAsync("SELECT staff_id, name, grade, manager_id FROM dim_staff ORDER BY 1"));
        Assert.Equal("(-infinity,unknown,unk,00000000-0000-0000-0000-000000000000,{})", await load.RowsAsync("SELECT joined, mood, code, token, tags FROM dim_staff WHERE staff_id = 9"));
    }

    [Fact]
    public async Task A_value_that_an_enum_lacks_stops_its_target_and_the_error_names_the_table()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TYPE grade AS ENUM ('junior'); CREATE TABLE dim_staff (staff_id integer PRIMARY KEY, name grade NOT NULL)");
        var staff = load.Target(TestTarget.Staff);
        await staff.WholeAsync(1, [[1, "senior"]]);

        Assert.Contains("table 'dim_staff'", await load.FailingSweepAsync(), StringComparison.Ordinal);
        Assert.Equal("", await load.RowsAsync("SELECT version FROM etl_target"));
    }

    [Fact]
    public async Task A_member_that_is_there_needs_no_value_for_what_others_require()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Database.ExecuteAsync("CREATE DOMAIN code AS text CHECK (value ~ '^[0-9]+$'); CREATE TABLE dim_staff (staff_id integer PRIMARY KEY, code code NOT NULL); INSERT INTO dim_staff VALUES (1, '7')");
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [[1, 1, 1m, null]]);
        await load.SweepAsync();

        Assert.Equal("(1,7)", await load.RowsAsync("SELECT * FROM dim_staff"));
    }

    [Fact]
    public async Task The_calendar_grows_without_gaps_to_what_a_fact_needs_and_a_day_far_off_stands_alone()
    {
        await using var load = await LoadScene.CreateAsync();
        var dates = load.Target(TestTarget.Dimension("dim_date", "date_id", "date_id date!", "year integer!", "month integer!", "day integer!", "day_of_week integer!",
            "day_name character varying!", "month_name character varying!", "quarter integer!", "year_month character varying!", "iso_week integer!", "is_weekend boolean!", "note text!"));
        await dates.WholeAsync(1, [["2026-12-30", 2026, 12, 30, 3, "Wednesday", "December", 4, "2026-12", 53, false, "x"], ["2026-12-31", 2026, 12, 31, 4, "Thursday", "December", 4, "2026-12", 53, false, "x"]]);
        var sales = load.Target(TestTarget.Fact("fact_sale", "sale_id", "sale_id integer!", "made date! -> dim_date", "due date! -> dim_date"));
        await sales.WholeAsync(1, [[1, "2027-01-02", "2027-01-03"], [2, "2026-12-29", "2099-01-01"]]);
        await load.SweepAsync();

        Assert.Equal("(2026-12-29,2027-01-03,7)", await load.RowsAsync("SELECT min(date_id), max(date_id) FILTER (WHERE year < 2099), count(*) FROM dim_date"));
        Assert.Equal("(2027-01-02,2027,1,2,6,Saturday,January,1,2027-01,53,t,unknown)", await load.RowsAsync("SELECT * FROM dim_date WHERE date_id = '2027-01-02'"));
        Assert.Equal("(2099-01-01)", await load.RowsAsync("SELECT max(date_id) FROM dim_date"));
    }
}
