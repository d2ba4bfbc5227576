using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.CommandLine;

/// <summary>A source and a warehouse that the pipeline has filled from it.</summary>
internal sealed class ReconciledScene(TestDatabase totesys, TestDatabase warehouse, TestFolder folder) : IAsyncDisposable
{
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 9, 2) });
    private static readonly DateTimeOffset Moment = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);

    public TestDatabase Totesys => totesys;

    public TestDatabase Warehouse => warehouse;

    /// <summary>The settings of the commands.</summary>
    public Dictionary<string, string> Variables { get; } = PipelineVariables.Of(totesys, warehouse, folder);

    public static async Task<ReconciledScene> CreateAsync()
    {
        var scene = new ReconciledScene(await TestDatabase.CreateTotesysAsync(), await TestDatabase.CreateAsync(), new TestFolder());
        await using var connection = await scene.Totesys.OpenAsync();
        await TotesysDatabase.FillAsync(connection, History, Moment, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await scene.CallAsync("run")).ExitCode);
        return scene;
    }

    public Task<LocalCall> CallAsync(params string[] arguments) => LocalCall.RunAsync(folder.Path, Variables, arguments);

    /// <summary>Deletes what lies in a table's folder of the ingestion bucket.</summary>
    public void DeleteVersions(string table)
    {
        Directory.Delete(Path.Combine(folder.Path, "ingestion", table), recursive: true);
        Directory.Delete(Path.Combine(folder.Path, "ingestion", ".objects", table), recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await totesys.DisposeAsync();
        await warehouse.DisposeAsync();
        folder.Dispose();
    }
}
