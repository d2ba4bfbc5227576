using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;
using Npgsql;

namespace EtlPipeline.Extract.Tests.Sources.PostgreSql;

public sealed class PostgreSqlSnapshotTests
{
    private static readonly TableName Item = TableName.Parse("item");

    [Theory]
    [InlineData("TRUNCATE item")]
    [InlineData("ALTER TABLE item ALTER COLUMN name TYPE varchar(10)")]
    [InlineData("DROP TABLE item")]
    public async Task Nothing_slips_between_the_snapshot_and_the_reading(string statement)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var session = (await new PostgreSqlSource(scene.Oltp, scene.Log).TryBeginAsync(ExtractScene.Token))!;
        await using var snapshot = await session.TakeSnapshotAsync([Item], ExtractScene.Token);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => scene.ExecuteAsync($"SET lock_timeout = '100ms'; {statement}"));

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refusal.SqlState);
    }

    [Fact]
    public async Task All_tables_are_read_as_they_were_at_one_moment()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var session = (await new PostgreSqlSource(scene.Oltp, scene.Log).TryBeginAsync(ExtractScene.Token))!;
        await using var snapshot = await session.TakeSnapshotAsync([Item], ExtractScene.Token);

        await scene.ExecuteAsync("DELETE FROM item; INSERT INTO item VALUES (9, 'later', NULL)");

        var relation = await snapshot.DescribeAsync(Item, ExtractScene.Token);
        Assert.Equal(3, await snapshot.CountAsync(relation, ExtractScene.Token));
        var rows = new List<string?>();
        await foreach (var row in snapshot.ReadAsync(relation, new RowFilter.All(), ExtractScene.Token)) rows.Add(row[1]);
        Assert.Equal(["one", "two", "three"], rows);
    }

    [Fact]
    public async Task A_table_that_was_made_after_the_snapshot_is_missing()
    {
        await using var scene = await ExtractScene.CreateAsync("SELECT 1");
        await using var session = (await new PostgreSqlSource(scene.Oltp, scene.Log).TryBeginAsync(ExtractScene.Token))!;
        await using var snapshot = await session.TakeSnapshotAsync([Item], ExtractScene.Token);
        await scene.ExecuteAsync(ExtractScene.Items);

        var failure = await Assert.ThrowsAsync<Core.Failures.PipelineException>(() => snapshot.DescribeAsync(Item, ExtractScene.Token));

        Assert.Contains("There is no table 'item'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_snapshot_tells_its_moment_its_transactions_and_its_server()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var open = await scene.Database.OpenAsync();
        await using var transaction = await open.BeginTransactionAsync(ExtractScene.Token);
        await using var command = new NpgsqlCommand("SELECT pg_current_xact_id()", open, transaction);
        var inFlight = (ulong)(await command.ExecuteScalarAsync(ExtractScene.Token))!;
        await using var session = (await new PostgreSqlSource(scene.Oltp, scene.Log).TryBeginAsync(ExtractScene.Token))!;

        await using var snapshot = await session.TakeSnapshotAsync([Item], ExtractScene.Token);

        var point = snapshot.Point;
        Assert.True(point.Xmin <= inFlight && point.Xmin <= point.Xmax);
        Assert.False(point.IsStandby);
        Assert.Matches(@"^\d+/\d+/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", point.Server);
        Assert.True(point.TakenAt <= new DateTimeOffset(await scene.Database.ScalarAsync<DateTime>("SELECT clock_timestamp()")));
    }
}
