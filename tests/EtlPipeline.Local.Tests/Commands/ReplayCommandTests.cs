namespace EtlPipeline.Local.Tests.Commands;

public sealed class ReplayCommandTests
{
    private const string Insert = PipelineScene.InsertCurrency + "; INSERT INTO payment_type (payment_type_name, created_at, last_updated) VALUES ('SALES_RECEIPT', now(), now())";

    [Fact]
    public async Task Without_options_everything_that_is_pending_is_carried_on_and_the_source_is_not_asked()
    {
        await using var scene = await PipelineScene.CreateAsync(Insert);
        await scene.CallWithAsync("WAREHOUSE_DB_DB", "not_there", "run");

        var swept = await scene.CallWithAsync("TOTE_SYS_DB_DB", "gone", "replay");
        var again = await scene.CallAsync("replay");

        Assert.Equal(0, swept.ExitCode);
        Assert.Equal(2L, await scene.Warehouse.ScalarAsync<long>("SELECT (SELECT count(*) FROM dim_currency) + (SELECT count(*) FROM dim_payment_type)"));
        Assert.Contains("nothing changed", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--full")]
    [InlineData("--table currency")]
    [InlineData("--table dim_currency")]
    public async Task Tables_that_are_read_again_mend_a_warehouse_that_somebody_altered(string options)
    {
        await using var scene = await PipelineScene.CreateAsync(Insert);
        await scene.CallAsync("run");
        await scene.Warehouse.ExecuteAsync("UPDATE dim_currency SET currency_name = 'wrong'");

        var call = await scene.CallAsync(["replay", .. options.Split(' ')]);

        Assert.Equal(0, call.ExitCode);
        Assert.NotEqual("wrong", await scene.Warehouse.ScalarAsync<string>("SELECT currency_name FROM dim_currency"));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named()
    {
        await using var scene = await PipelineScene.CreateAsync(Insert);

        var call = await scene.CallAsync("replay", "--table", "not_there");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("not_there", call.Error, StringComparison.Ordinal);
    }
}
