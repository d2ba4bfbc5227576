using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.Testing;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>
/// A pipeline whose source is on a server of its own, another one from run to run where a test wants that. The oracle looks at a copy of the
/// source beside the warehouse.
/// </summary>
internal sealed class MirroredPipeline : IAsyncDisposable
{
    private static readonly string AllTables = string.Join(", ", TotesysTables.All.Select(table => $"public.{table.Name}"));

    private MirroredPipeline(TestPipeline pipeline) => Pipeline = pipeline;

    public TestPipeline Pipeline { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MirroredPipeline> CreateAsync() => new(await TestPipeline.CreateAsync());

    /// <summary>Runs from a source, and proves that the warehouse is right.</summary>
    public async Task RunAsync(SourceServer source)
    {
        await CopyAsync(source.Database, Pipeline.Database);
        Pipeline.Source = source.Database.Settings;
        await Pipeline.RunAsync();
        await Pipeline.AssertIsRightAsync();
    }

    public ValueTask DisposeAsync() => Pipeline.DisposeAsync();

    private static async Task CopyAsync(TestDatabase source, TestDatabase mirror)
    {
        await mirror.ExecuteAsync($"TRUNCATE {AllTables}");
        await using var reader = await source.OpenAsync();
        await using var writer = await mirror.OpenAsync();
        foreach (var table in TotesysTables.All)
        {
            await using var rows = await reader.BeginRawBinaryCopyAsync($"COPY public.{table.Name} TO STDOUT (FORMAT binary)", Token);
            await using var copy = await writer.BeginRawBinaryCopyAsync($"COPY public.{table.Name} FROM STDIN (FORMAT binary)", Token);
            await rows.CopyToAsync(copy, Token);
        }
    }
}
