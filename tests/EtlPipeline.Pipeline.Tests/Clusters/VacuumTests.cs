using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>VACUUM writes rows anew or marks them as old, and neither is a change.</summary>
public sealed class VacuumTests
{
    [Theory]
    [InlineData("VACUUM FREEZE")]
    [InlineData("VACUUM FULL")]
    public async Task Silent_updates_before_and_after_a_vacuum_are_extracted_and_nothing_else(string vacuum)
    {
        await using var source = await SourceServer.CreateAsync();
        await using var pipeline = await TestPipeline.CreateAsync(source.Database);
        await pipeline.RunAsync();

        await source.ChangeSilentlyAsync();
        await source.Database.ExecuteAsync(vacuum);
        await source.Database.ExecuteAsync("UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 5 = 0");
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();

        await source.Database.ExecuteAsync(vacuum);
        Assert.Empty((await pipeline.ExtractAsync()).Versions);
        Assert.All(pipeline.Written, version => Assert.Contains(version.Reason, (VersionReason[])[VersionReason.First, VersionReason.Changed, VersionReason.Lookup]));
    }
}
