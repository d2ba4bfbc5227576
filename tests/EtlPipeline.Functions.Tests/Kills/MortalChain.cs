using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;
using EtlPipeline.Testing.Oracle;

namespace EtlPipeline.Functions.Tests.Kills;

/// <summary>The three functions as processes that can be killed, with a warehouse beside the source in one database, so that SQL can compare them.</summary>
internal sealed class MortalChain : IAsyncDisposable
{
    private const string WarehouseSchema = "warehouse";
    private const string CountSessions =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'etl-pipeline'";

    private static readonly byte[] Schedule = Encoding.UTF8.GetBytes("{}");

    private readonly Lake _lake;
    private readonly MortalFunction _extract;
    private readonly MortalFunction _transform;
    private readonly MortalFunction _load;

    private MortalChain(Lake lake, WarehouseOracle oracle)
    {
        (_lake, Oracle) = (lake, oracle);
        var environment = lake.Environment;
        environment["WAREHOUSE_DB_DB"] = lake.Source.Settings.Database;
        environment["WAREHOUSE_DB_SCHEMA"] = WarehouseSchema;
        _extract = new MortalFunction("Extract", environment);
        _transform = new MortalFunction("Transform", environment);
        _load = new MortalFunction("Load", environment);
    }

    public WarehouseOracle Oracle { get; }

    public TestDatabase Database => _lake.Source;

    public int Kills => _extract.Kills + _transform.Kills + _load.Kills;

    public static async Task<MortalChain> StartAsync()
    {
        var lake = await Lake.CreateAsync();
        await using (var connection = await lake.Source.OpenAsync()) await WarehouseOracle.InstallAsync(connection);
        return new MortalChain(lake, new WarehouseOracle(lake.Source, WarehouseSchema));
    }

    /// <summary>A schedule and what follows from it. In each function the process is killed once, and the same event delivered again.</summary>
    public async Task RunAsync(Random? killer)
    {
        var snapshot = await Oracle.CaptureAsync(_lake.Source, TableList.Default.Tables.Select(table => table.Name.Value));
        await ServeAsync(_extract, Schedule, killer);
        await Oracle.StampAsync(snapshot, await NewestRunAsync());
        await ServeAsync(_transform, await Lake.NotificationAsync(_lake.Ingestion), killer);
        await ServeAsync(_load, await Lake.NotificationAsync(_lake.Processed), killer);
    }

    /// <summary>What the scheduler does every fifteen minutes.</summary>
    public async Task SweepAsync()
    {
        await _transform.InvokeAsync(Schedule);
        await _load.InvokeAsync(Schedule);
    }

    public async ValueTask DisposeAsync()
    {
        await _extract.DisposeAsync();
        await _transform.DisposeAsync();
        await _load.DisposeAsync();
        await _lake.DisposeAsync();
    }

    /// <summary>The stamp of the newest run of which a version lies in the bucket.</summary>
    private async Task<TableVersion> NewestRunAsync()
    {
        var newest = default(TableVersion);
        foreach (var key in await Lake.KeysAsync(_lake.Ingestion))
        {
            if (!VersionKey.TryParse(key, VersionKey.RowsSuffix, out _)) continue;
            var description = await _lake.Ingestion.Store.DescribeAsync(key, TestContext.Current.CancellationToken);
            newest = TableVersion.Newest(newest, VersionMetadata.Read(description!.Metadata)!.RunStamp);
        }

        return newest;
    }

    private async Task ServeAsync(MortalFunction function, byte[] payload, Random? killer)
    {
        if (killer is { }) await function.InvokeAndKillAsync(payload, killer);
        // Lambda tries again a minute later: by then the server has noticed that the client is gone, and freed its locks.
        while (await Database.ScalarAsync<long>(CountSessions) > 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        await function.InvokeAsync(payload);
    }
}
