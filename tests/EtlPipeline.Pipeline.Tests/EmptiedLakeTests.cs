using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;

namespace EtlPipeline.Pipeline.Tests;

/// <summary>The buckets lose their objects while the warehouse keeps what was loaded from them.</summary>
public sealed class EmptiedLakeTests
{
    private static readonly DateTimeOffset Now = new(2024, 12, 30, 20, 0, 0, TimeSpan.Zero);
    private static readonly SampleHistory History = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 9, 2) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ingestion")]
    [InlineData("processed")]
    [InlineData("ingestion", "processed")]
    public async Task Buckets_that_were_emptied_fill_again_without_a_record_too_many_or_a_delete_too_few(params string[] buckets)
    {
        await using var pipeline = await TestPipeline.CreateAsync();
        await using var connection = await pipeline.Database.OpenAsync();
        await TotesysDatabase.FillAsync(connection, History, Now, Token);
        await pipeline.RunAsync();
        await pipeline.ChangeAsync();
        await pipeline.RunAsync();

        foreach (var bucket in buckets) new LakeFolder(Path.Combine(pipeline.Folder, bucket)).Empty();
        await pipeline.ChangeAsync();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await pipeline.SweepAsync();
        await pipeline.ChangeAsync();
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }
}
