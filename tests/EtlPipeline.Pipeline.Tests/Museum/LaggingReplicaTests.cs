using EtlPipeline.Pipeline.Tests.Clusters;
using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Museum;

/// <summary>What a replica has not replayed yet is missing from its snapshot, and nobody reads it later.</summary>
public sealed class LaggingReplicaTests
{
    /// <summary>
    /// transferwise/pipelinewise issue 930: a first load reads a lagging replica, and the changes are followed on the primary from a position that is
    /// beyond what the replica had; the rows in between never arrive.
    /// </summary>
    [Fact]
    public async Task What_a_lagging_replica_lacked_in_the_first_load_arrives_when_the_primary_is_followed()
    {
        await using var primary = await SourceServer.CreateAsync();
        await using var pipeline = await primary.CreatePipelineAsync();
        await using var standby = await primary.FollowAsync();
        await standby.CatchUpWithAsync(primary);
        await standby.Database.ExecuteAsync("SELECT pg_wal_replay_pause()");
        await primary.LiveADayAsync(0);
        await primary.ChangeSilentlyAsync();

        await standby.RunAsync(pipeline);
        await primary.RunAsync(pipeline);
    }
}
