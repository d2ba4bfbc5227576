using EtlPipeline.Core.Settings;
using EtlPipeline.Load;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Roles;

public sealed class LeastPrivilegeTests
{
    private const string LedgerOwner =
        "SELECT tableowner::text FROM pg_tables WHERE schemaname = 'warehouse' AND tablename = 'etl_load'";

    private static readonly DateTimeOffset FirstDay = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 9, 2) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pipeline_runs_as_the_reader_and_the_loader()
    {
        await using var pipeline = await FilledAsync();
        await using var reader = await TestRole.CreateReaderAsync(pipeline.Database);
        await using var loader = await TestRole.CreateLoaderAsync(pipeline.Warehouse);

        await RunAsync(pipeline, reader.Settings, loader.Settings);
        await pipeline.AssertIsRightAsync();

        await pipeline.ChangeAsync();
        await RunAsync(pipeline, reader.Settings, loader.Settings);
        await pipeline.AssertIsRightAsync();
        Assert.Equal(loader.Settings.User, await pipeline.Warehouse.ScalarAsync<string>(LedgerOwner));
    }

    [Theory]
    [InlineData("INSERT INTO currency (currency_id, currency_code, last_updated) VALUES (1, 'GBP', now())")]
    [InlineData("UPDATE staff SET first_name = 'x'")]
    [InlineData("DELETE FROM payment")]
    [InlineData("TRUNCATE payment")]
    [InlineData("BEGIN; LOCK TABLE payment IN SHARE MODE")]
    [InlineData("SELECT nextval('currency_currency_id_seq')")]
    [InlineData("CREATE TABLE its_own (id integer)")]
    [InlineData("SELECT FROM another.not_for_the_pipeline")]
    public async Task The_reader_can_do_nothing_else(string sql)
    {
        await using var pipeline = await TestPipeline.CreateAsync();
        await pipeline.Database.ExecuteAsync(
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE SCHEMA another; GRANT USAGE ON SCHEMA another TO PUBLIC; CREATE TABLE another.not_for_the_pipeline (id integer)");
        await using var reader = await TestRole.CreateReaderAsync(pipeline.Database);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await reader.TryAsync(sql));
        Assert.Null(await reader.TryAsync("SELECT FROM currency"));
    }

    [Fact]
    public async Task The_reader_of_any_schema_reads_its_tables_and_those_that_are_made_later()
    {
        await using var source = await TestDatabase.CreateAsync();
        await source.ExecuteAsync("CREATE TABLE invoice (id integer PRIMARY KEY)");
        await using var reader = await TestRole.CreateReaderAsync(source);
        await source.ExecuteAsync("CREATE TABLE refund (id integer PRIMARY KEY)");

        Assert.Null(await reader.TryAsync("SELECT FROM invoice"));
        Assert.Null(await reader.TryAsync("SELECT FROM refund"));
    }

    [Fact]
    public async Task A_reader_of_named_tables_reads_no_other_one()
    {
        await using var source = await TestDatabase.CreateAsync();
        await source.ExecuteAsync("""CREATE TABLE invoice (id integer); CREATE TABLE "Refund" (id integer); CREATE TABLE salary (id integer)""");
        await using var reader = await TestRole.CreateReaderAsync(source, "public.invoice, public.\"Refund\"");
        await source.ExecuteAsync("CREATE TABLE bonus (id integer)");

        Assert.Null(await reader.TryAsync("SELECT FROM invoice"));
        Assert.Null(await reader.TryAsync("SELECT FROM \"Refund\""));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await reader.TryAsync("SELECT FROM salary"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await reader.TryAsync("SELECT FROM bonus"));
    }

    [Theory]
    [InlineData("SELECT FROM public.business")]
    [InlineData("SELECT FROM warehouse.not_for_the_pipeline")]
    [InlineData("DROP SCHEMA warehouse")]
    [InlineData("CREATE SCHEMA another")]
    public async Task The_loader_can_do_nothing_else(string sql)
    {
        await using var pipeline = await TestPipeline.CreateAsync();
        await pipeline.Warehouse.ExecuteAsync("CREATE TABLE warehouse.not_for_the_pipeline (id integer); CREATE TABLE public.business (id integer)");
        await using var loader = await TestRole.CreateLoaderAsync(pipeline.Warehouse);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await loader.TryAsync(sql));
        Assert.Null(await loader.TryAsync("CREATE TABLE warehouse.its_own (id integer)"));
    }

    private static Task<TestPipeline> FilledAsync() => TestPipeline.CreateFilledAsync(History, FirstDay);

    private static async Task RunAsync(TestPipeline pipeline, DatabaseSettings reader, DatabaseSettings loader)
    {
        pipeline.Reach = settings => settings.Database == pipeline.Database.Settings.Database
            ? settings with { User = reader.User, Password = reader.Password }
            : settings with { User = loader.User, Password = loader.Password };
        await pipeline.RunAsync();
    }
}
