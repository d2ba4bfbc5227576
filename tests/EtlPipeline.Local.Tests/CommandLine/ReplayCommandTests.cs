using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.CommandLine;

public sealed class ReplayCommandTests
{
    private const string Insert = """
        INSERT INTO currency (currency_code, created_at, last_updated) VALUES ('GBP', now(), now());
        INSERT INTO payment_type (payment_type_name, created_at, last_updated) VALUES ('SALES_RECEIPT', now(), now());
        """;

    [Fact]
    public async Task One_table_is_brought_up_to_date_and_no_other()
    {
        await using var scene = await ReplayScene.WithPendingVersionsAsync(Insert);

        var call = await scene.CallAsync("replay", "--table", "currency");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(1L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_currency"));
        Assert.Equal(0L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_payment_type"));
    }

    [Fact]
    public async Task A_table_of_the_warehouse_can_be_named_too()
    {
        await using var scene = await ReplayScene.WithPendingVersionsAsync(Insert);

        var call = await scene.CallAsync("replay", "--table", "dim_payment_type");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(1L, await scene.Warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_payment_type"));
    }

    [Fact]
    public async Task Without_options_all_tables_are_swept()
    {
        await using var scene = await ReplayScene.WithPendingVersionsAsync(Insert);

        var swept = await scene.CallAsync("replay");
        var again = await scene.CallAsync("replay");

        Assert.Equal(0, swept.ExitCode);
        Assert.Equal(2L, await scene.Warehouse.ScalarAsync<long>("SELECT (SELECT count(*) FROM dim_currency) + (SELECT count(*) FROM dim_payment_type)"));
        Assert.Contains("Nothing was pending.", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_replay_repairs_a_warehouse_that_somebody_changed()
    {
        await using var scene = await ReplayScene.WithPendingVersionsAsync(Insert);
        await scene.CallAsync("run");
        await scene.Warehouse.ExecuteAsync("UPDATE dim_currency SET currency_name = 'wrong'");

        var call = await scene.CallAsync("replay", "--full");

        Assert.Equal(0, call.ExitCode);
        Assert.NotEqual("wrong", await scene.Warehouse.ScalarAsync<string>("SELECT currency_name FROM dim_currency"));
    }

    [Fact]
    public async Task A_table_without_a_version_is_named()
    {
        await using var scene = await ReplayScene.WithPendingVersionsAsync(Insert);

        var call = await scene.CallAsync("replay", "--table", "not_there");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("no version of table 'not_there'", call.Error, StringComparison.Ordinal);
    }

    private sealed class ReplayScene(TestDatabase totesys, TestDatabase warehouse, TestFolder folder) : IAsyncDisposable
    {
        public TestDatabase Warehouse => warehouse;

        public static async Task<ReplayScene> WithPendingVersionsAsync(string insert)
        {
            var scene = new ReplayScene(await TestDatabase.CreateTotesysAsync(), await TestDatabase.CreateAsync(), new TestFolder());
            await scene.RunWithoutWarehouseAsync(insert);
            return scene;
        }

        public Task<LocalCall> CallAsync(params string[] arguments) =>
            LocalCall.RunAsync(folder.Path, PipelineVariables.Of(totesys, warehouse, folder), arguments);

        public async ValueTask DisposeAsync()
        {
            await totesys.DisposeAsync();
            await warehouse.DisposeAsync();
            folder.Dispose();
        }

        private async Task RunWithoutWarehouseAsync(string insert)
        {
            await totesys.ExecuteAsync(insert);
            var variables = PipelineVariables.Of(totesys, warehouse, folder);
            variables["WAREHOUSE_DB_DB"] = "not_there";
            await LocalCall.RunAsync(folder.Path, variables, "run");
        }
    }
}
