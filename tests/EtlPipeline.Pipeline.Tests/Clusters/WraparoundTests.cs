using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Harness;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Clusters;

/// <summary>PostgreSQL counts transactions in 32 bits, and begins anew.</summary>
public sealed class WraparoundTests
{
    private const string SilentUpdate = "UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id % 5 = ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_on_both_sides_of_2_to_the_32_are_extracted_without_a_reading_of_all_rows()
    {
        await using var source = await SourceServer.CreateAsync();
        await using var pipeline = await TestPipeline.CreateAsync(source.Database);
        await TransactionIds.AdvanceAsync(source, uint.MaxValue - 2000);
        await RunAsync(pipeline);

        await using var late = await source.Database.OpenAsync();
        await using var transaction = await late.BeginTransactionAsync(Token);
        await ExecuteAsync(late, SilentUpdate + "0");
        await source.Database.ExecuteAsync(SilentUpdate + "1");
        await RunAsync(pipeline);
        Assert.True(await source.NextTransactionAsync() < uint.MaxValue);

        await source.Database.ExecuteAsync(SilentUpdate + "2");
        await source.PassTransactionsAsync(2500);
        await source.Database.ExecuteAsync(SilentUpdate + "3");
        Assert.True(await source.NextTransactionAsync() > uint.MaxValue);
        await RunAsync(pipeline);

        await transaction.CommitAsync(Token);
        await RunAsync(pipeline);
        await source.Database.ExecuteAsync(SilentUpdate + "4");
        await RunAsync(pipeline);
        Assert.All(pipeline.Written, version => Assert.Contains(version.Reason, (VersionReason[])[VersionReason.First, VersionReason.Changed]));
        Assert.Empty((await pipeline.ExtractAsync()).Versions);
    }

    [Fact]
    public async Task A_change_that_more_than_2_to_the_31_transactions_came_after_is_extracted()
    {
        await using var source = await SourceServer.CreateAsync();
        await using var pipeline = await TestPipeline.CreateAsync(source.Database);
        // The ids can't be made to jump without a restart, which alone would be reason enough to read all rows.
        pipeline.Sources = plain => new AlteredSource(plain, point => point with { Server = "the same" });
        await RunAsync(pipeline);
        await source.Database.ExecuteAsync(SilentUpdate + "0");
        await TransactionIds.AdvanceAsync(source, 3_000_000_000);

        await RunAsync(pipeline);
    }

    private static async Task RunAsync(TestPipeline pipeline)
    {
        await pipeline.RunAsync();
        await pipeline.AssertIsRightAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
