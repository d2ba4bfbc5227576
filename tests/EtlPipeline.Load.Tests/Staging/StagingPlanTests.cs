namespace EtlPipeline.Load.Tests.Staging;

public class StagingPlanTests
{
    [Theory]
    [InlineData("id integer PRIMARY KEY", "SELECT 1 AS id, 2 AS extra", "column 'extra': it is in the file and not in the table")]
    [InlineData("id integer PRIMARY KEY, name text NOT NULL", "SELECT 1 AS id", "column 'name': it must have a value and is not in the file")]
    [InlineData("id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED", "SELECT 1 AS id, 2 AS twice", "column 'twice': it is generated")]
    [InlineData("id integer PRIMARY KEY, \"ID\" text NOT NULL", "SELECT 1 AS id", "column 'ID': it must have")]
    public async Task Columns_that_do_not_fit_are_an_error_that_names_table_and_column_before_any_row_moves(string columns, string rows, string fault)
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync($"CREATE TABLE dim_other ({columns})");
        await load.PutAsync("dim_other", 1, rows);

        Assert.Contains($"table 'dim_other', {fault}", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_waits_for_a_column_is_loaded_when_the_table_has_it()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE dim_other (id integer PRIMARY KEY)");
        await load.PutAsync("dim_other", 1, "SELECT 1 AS id, 'a' AS name");
        await load.FailingSweepAsync();
        await load.Database.ExecuteAsync("ALTER TABLE dim_other ADD name text");
        await load.SweepAsync();

        Assert.Equal("(1,a)", await load.RowsAsync("SELECT * FROM dim_other"));
    }

    [Fact]
    public async Task A_table_may_have_nullable_columns_and_defaults_of_its_own()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE dim_other (note text, id integer PRIMARY KEY, made_by text NOT NULL DEFAULT 'me')");
        await load.PutAsync("dim_other", 1, "SELECT 1 AS id");
        await load.SweepAsync();

        Assert.Equal("(,1,me)", await load.RowsAsync("SELECT * FROM dim_other"));
    }

    [Fact]
    public async Task A_fact_table_without_a_record_id_is_an_error_that_names_it()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE fact_other (id integer PRIMARY KEY, value integer)");
        await load.PutAsync("fact_other", 1, "SELECT 1 AS id, 2 AS value");

        Assert.Contains("table 'fact_other', column 'id': a fact has many records", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_metadata_names_and_the_file_lacks_is_an_error()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)), metadata => metadata with { KeyColumn = "id\"" });

        Assert.Contains("table 'fact_payment', column 'id\"': it is the key and is not in the file", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Column_names_with_quotes_blanks_and_variables_are_names_like_any_other()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.Database.ExecuteAsync("""CREATE TABLE dim_other (id integer PRIMARY KEY, "a ""b"" :columns" text, "Straße;--" text)""");
        await load.PutAsync("dim_other", 1, """SELECT 1 AS id, 'x' AS "a ""b"" :columns", 'y' AS "Straße;--" """);
        await load.SweepAsync();

        Assert.Equal("(1,x,y)", await load.RowsAsync("SELECT * FROM dim_other"));
    }
}
