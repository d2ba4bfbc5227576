using System.Globalization;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Commands;

/// <summary>The commands of the first hour: init and check.</summary>
public sealed class SetUpCommandTests
{
    [Fact]
    public async Task Where_all_is_right_check_says_so_and_where_each_setting_came_from()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallAsync("check");

        Assert.Equal(0, call.ExitCode);
        Assert.DoesNotContain("FAULT", call.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^AWS_INGEST_BUCKET .* environment\s*$", call.Output);
        Assert.Contains("table sales_order: key sales_order_id", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Variables["WAREHOUSE_DB_PASSWORD"] + " ", call.Output.Replace("(not shown)", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE payment_type DROP CONSTRAINT payment_type_pkey CASCADE", "table payment_type: it has neither a primary key nor a unique index")]
    [InlineData("ALTER TABLE design RENAME TO designs", "table design: it isn't there")]
    [InlineData("ALTER TABLE design RENAME design_id TO id", "it has no column 'design_id', which dim_design needs")]
    public async Task What_would_fail_is_a_fault(string sql, string fault)
    {
        await using var scene = await PipelineScene.CreateAsync(sql);

        var call = await scene.CallAsync("check");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains(fault, call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_read_is_told_the_grant_of_each_table()
    {
        await using var scene = await PipelineScene.CreateAsync();
        await using var role = await TestRole.CreateAsync(scene.Totesys, scene.Variables, "TOTE_SYS");

        var call = await scene.CallAsync("check");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains($"GRANT SELECT ON \"public\".\"staff\" TO \"{role.Name}\";", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_refused_is_told_how_it_gets_its_password()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallWithAsync("TOTE_SYS_DB_USER", "nobody_here", "check");

        Assert.Contains("Mend TOTE_SYS_DB_USER or TOTE_SYS_DB_PASSWORD; or give the role this password, in psql: \\password \"nobody_here\"", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_a_fault_and_the_rest_is_looked_at()
    {
        await using var scene = await PipelineScene.CreateAsync();

        var call = await scene.CallWithAsync("TOTE_SYS_DB_DB", "not_there", "check");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("Mend TOTE_SYS_DB_DB; or make the database: CREATE DATABASE \"not_there\";", call.Output, StringComparison.Ordinal);
        Assert.Contains("ok      warehouse", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_text_key_without_an_index_in_byte_order_is_advised_one()
    {
        await using var scene = await PipelineScene.CreateAsync("""
            CREATE TABLE part (code text COLLATE "und-x-icu" PRIMARY KEY);
            INSERT INTO part SELECT 'p' || i FROM generate_series(1, 100001) AS i;
            ANALYZE part
            """);

        var call = await scene.CallWithAsync("AWS_TABLES_LIST", "part", "check");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("CREATE INDEX CONCURRENTLY ON \"public\".\"part\" (\"code\" COLLATE \"C\");", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_asks_tests_and_writes_what_run_reads()
    {
        await using var scene = await PipelineScene.CreateAsync(PipelineScene.InsertCurrency);
        using var folder = new TestFolder();
        var lake = new Uri(folder.Path).AbsoluteUri;

        var call = await LocalCall.AnswerAsync(
            folder.Path,
            new Dictionary<string, string>(),
            [.. Answers(scene.Totesys.Settings), "", .. Answers(scene.Warehouse.Settings), $"{lake}/in", $"{lake}/out"],
            "init");
        var run = await LocalCall.RunAsync(folder.Path, new Dictionary<string, string> { ["WHAT_ENV"] = "dev" }, "run");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.DoesNotContain("FAULT", call.Output, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(1L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, ".env")));
    }

    /// <summary>A stranger's tables may have names of totesys, and nothing else in common with it.</summary>
    [Fact]
    public async Task Tables_that_are_called_like_those_of_totesys_are_carried_as_they_are_by_what_init_writes()
    {
        await using var source = await TestDatabase.CreateAsync();
        await using var warehouse = await TestDatabase.CreateAsync();
        await source.ExecuteAsync("""
            CREATE TABLE department (code text PRIMARY KEY, boss integer);
            CREATE TABLE staff (login text PRIMARY KEY, hired date, photo bytea);
            CREATE TABLE payment (id bigint PRIMARY KEY, amount numeric(12,4), tags text[]);
            INSERT INTO department VALUES ('x', 1);
            INSERT INTO staff VALUES ('ann', '2020-02-29', '\x00ff'), ('bob', NULL, NULL);
            INSERT INTO payment VALUES (5000000000, 1.2500, '{a,"b,c"}')
            """);
        using var folder = new TestFolder();
        var lake = new Uri(folder.Path).AbsoluteUri;
        string[] answers = [.. Answers(source.Settings), "", .. Answers(warehouse.Settings), $"{lake}/in", $"{lake}/out", ""];
        var variables = new Dictionary<string, string> { ["WHAT_ENV"] = "dev" };

        var init = await LocalCall.AnswerAsync(folder.Path, new Dictionary<string, string>(), answers, "init");
        var check = await LocalCall.RunAsync(folder.Path, variables, "check");
        var run = await LocalCall.RunAsync(folder.Path, variables, "run");
        await source.ExecuteAsync("DELETE FROM staff WHERE login = 'bob'; UPDATE department SET boss = 2");
        var again = await LocalCall.RunAsync(folder.Path, variables, "run");
        var one = await LocalCall.RunAsync(folder.Path, variables, "run", "--table", "staff");
        var reconcile = await LocalCall.RunAsync(folder.Path, variables, "reconcile", "--no-wait");
        var status = await LocalCall.RunAsync(folder.Path, variables, "status");

        Assert.All([init, check, run, again, one, reconcile, status], call => Assert.True(call.ExitCode == 0, call.Output + call.Error));
        Assert.Contains("AWS_TABLES_COPIED says that it is carried as stg_staff, and not as dim_staff", check.Output, StringComparison.Ordinal);
        Assert.Equal(["ann|2020-02-29"], await warehouse.RowsAsync("SELECT login, hired FROM stg_staff"));
        Assert.Equal(["5000000000|1.2500"], await warehouse.RowsAsync("SELECT id, amount FROM stg_payment"));
        Assert.Equal(["x|2"], await warehouse.RowsAsync("SELECT code, boss FROM stg_department"));
        Assert.Empty(await warehouse.RowsAsync("SELECT relname FROM pg_class WHERE relname IN ('dim_staff', 'fact_payment')"));
    }

    [Fact]
    public async Task Of_all_tables_those_with_names_that_no_copy_can_have_are_left_out_with_the_way_to_carry_them()
    {
        await using var scene = await PipelineScene.CreateAsync($"""
            CREATE TABLE price (id integer PRIMARY KEY, until date);
            CREATE TABLE price_history (id integer PRIMARY KEY, price_id integer);
            INSERT INTO price VALUES (1, 'infinity'), (2, '0044-03-15 BC');
            INSERT INTO price_history VALUES (7, 1);
            CREATE TABLE "order details" (id integer PRIMARY KEY);
            CREATE TABLE {new string('x', 52)} (id integer PRIMARY KEY)
            """);
        scene.Variables["AWS_TABLES_LIST"] = "*";

        var (check, run, reconcile) = (await scene.CallAsync("check"), await scene.CallAsync("run"), await scene.CallAsync("reconcile", "--no-wait"));

        Assert.All([check, run, reconcile], call => Assert.True(call.ExitCode == 0, call.Output + call.Error));
        Assert.Equal(["1|infinity", "2|0044-03-15 BC"], await scene.Warehouse.RowsAsync("SELECT id, until FROM stg_price ORDER BY 1"));
        Assert.Equal(["7|1"], await scene.Warehouse.RowsAsync("SELECT id, price_id FROM stg_price_history_table"));
        Assert.Contains("CREATE VIEW the_view AS SELECT * FROM \"order details\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("table order details: it is left out", check.Output, StringComparison.Ordinal);
        Assert.All([check.Output, run.Error, reconcile.Output], text => Assert.Contains($"'stg_{new string('x', 52)}' leaves no room", text, StringComparison.Ordinal));
        var named = await scene.CallWithAsync("AWS_TABLES_LIST", new string('x', 52), "run");
        Assert.Equal((1, true), (named.ExitCode, named.Error.StartsWith("error: extract: xxx", StringComparison.Ordinal)));
        Assert.Equal(0, (await scene.CallAsync("run")).ExitCode);
        Assert.Contains("The warehouse has what the source has; one table was not compared.", reconcile.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_how_a_table_is_carried_as_it_is_if_it_is_not_the_target_s()
    {
        await using var scene = await PipelineScene.CreateAsync("DROP TABLE staff CASCADE; CREATE TABLE staff (login text PRIMARY KEY)");

        var call = await scene.CallAsync("check");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("AWS_TABLES_COPIED=staff", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_offers_the_statements_that_make_the_role()
    {
        await using var scene = await PipelineScene.CreateAsync();
        using var folder = new TestFolder();
        string[] answers = [.. Answers(scene.Totesys.Settings)[..4], "a reader", "n", "", "", "n"];

        var call = await LocalCall.AnswerAsync(folder.Path, new Dictionary<string, string>(), answers, "init");

        Assert.Contains("CREATE ROLE \"a reader\" LOGIN", call.Output, StringComparison.Ordinal);
        Assert.Contains("GRANT SELECT ON ALL TABLES IN SCHEMA \"public\" TO \"a reader\";", call.Output, StringComparison.Ordinal);
        Assert.Contains("ALTER DEFAULT PRIVILEGES IN SCHEMA \"public\" GRANT SELECT ON TABLES TO \"a reader\";", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(":tables", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\if", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\endif", call.Output, StringComparison.Ordinal);
        Assert.Contains("FAULT", call.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, ".env")));
    }

    [Fact]
    public async Task Init_does_not_write_over_a_file_unless_it_is_told_to()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".env"), "A=1\n", TestContext.Current.CancellationToken);

        var call = await LocalCall.AnswerAsync(folder.Path, new Dictionary<string, string>(), ["n"], "init");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal("A=1\n", await File.ReadAllTextAsync(Path.Combine(folder.Path, ".env"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Init_that_nobody_answers_is_an_error()
    {
        using var folder = new TestFolder();

        var call = await LocalCall.RunAsync(folder.Path, "init");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("the input has ended", call.Error, StringComparison.Ordinal);
    }

    private static string[] Answers(DatabaseSettings settings) =>
    [
        settings.Host, settings.Port.ToString(CultureInfo.InvariantCulture), settings.Database, "public", settings.User, "y", settings.Password,
    ];
}
