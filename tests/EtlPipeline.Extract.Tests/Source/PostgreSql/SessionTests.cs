using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Secrets;
using EtlPipeline.Testing.Servers;
using Npgsql;

namespace EtlPipeline.Extract.Tests.Source.PostgreSql;

/// <summary>One run, one snapshot, one at a time.</summary>
public sealed class SessionTests
{
    private static readonly IReadOnlyList<ListedTable> Item = TableList.Parse("item").Tables;

    [Fact]
    public async Task Two_runs_for_one_bucket_don_t_overlap_and_runs_for_two_buckets_do()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var first = await scene.Source.TryBeginAsync(scene.Bucket.Name, ExtractScene.Token);
        Assert.NotNull(first);

        Assert.True((await scene.RunAsync()).IsSkipped);
        await using var other = await scene.Source.TryBeginAsync("another bucket", ExtractScene.Token);

        Assert.NotNull(other);
        Assert.Empty(await scene.VersionsAsync());
    }

    [Theory]
    [InlineData("TRUNCATE item")]
    [InlineData("ALTER TABLE item ALTER COLUMN name TYPE varchar(10)")]
    [InlineData("DROP TABLE item")]
    public async Task Nothing_slips_between_the_snapshot_and_the_reading(string statement)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var session = (await scene.Source.TryBeginAsync("bucket", ExtractScene.Token))!;
        await using var snapshot = await session.TakeSnapshotAsync(Item, ExtractScene.Token);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => scene.ExecuteAsync($"SET lock_timeout = '100ms'; {statement}"));

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refusal.SqlState);
    }

    [Fact]
    public async Task All_tables_are_read_as_they_were_at_one_moment()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await using var session = (await scene.Source.TryBeginAsync("bucket", ExtractScene.Token))!;
        await using var snapshot = await session.TakeSnapshotAsync(Item, ExtractScene.Token);

        await scene.ExecuteAsync("DELETE FROM item; INSERT INTO item VALUES (9, 'later', NULL)");

        var relation = await snapshot.DescribeAsync(Item[0], ExtractScene.Token);
        Assert.Equal(3, (await snapshot.CountAsync(relation, KeyRange.All, null, ExtractScene.Token)).Rows);
    }

    [Fact]
    public async Task A_table_that_somebody_else_has_locked_waits_for_the_next_run_and_the_others_go_on()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items + "CREATE TABLE other (other_id int PRIMARY KEY)");
        await using var holder = await scene.Database.OpenAsync();
        await holder.ExecuteAsync("BEGIN; LOCK TABLE other IN ACCESS EXCLUSIVE MODE", ExtractScene.Token);
        await using var impatient = scene.Oltp;
        scene.Oltp = scene.Database.Open(PostgreSqlSource.SessionLimits with { LockTimeout = TimeSpan.FromHours(1) });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ExtractScene.Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));

        var failure = await Assert.ThrowsAsync<StageFailedException>(
            () => scene.RunAsync("item,other", invocation: Invocation.Unlimited("run", limit.Token)));

        Assert.Contains("Table 'other' could not be locked", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
    }

    [Theory]
    [InlineData("CREATE TABLE other (other_id int PRIMARY KEY)", "GRANT SELECT ON \"public\".\"other\" TO \"reader")]
    [InlineData("CREATE TABLE other (other_id int PRIMARY KEY); GRANT SELECT (other_id) ON other TO reader", "GRANT SELECT ON \"public\".\"other\" TO \"reader")]
    [InlineData("CREATE TABLE other (other_id int PRIMARY KEY); INSERT INTO other VALUES (1); GRANT SELECT ON other TO reader; ALTER TABLE other ENABLE ROW LEVEL SECURITY", "row-level security")]
    public async Task SELECT_is_all_that_the_role_needs_and_what_it_may_not_see_is_an_error(string other, string fault)
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        var role = $"reader_{scene.Database.Settings.Database}";
        await scene.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{PlantedSecret.Password}'; GRANT SELECT ON item TO {role}; {other.Replace("reader", role, StringComparison.Ordinal)}");
        try
        {
            await using var asOwner = scene.Oltp;
            scene.Oltp = new PostgreSqlDatabase(scene.Database.Settings with { User = role, Password = PlantedSecret.Password }, PostgreSqlSource.SessionLimits);

            var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync("item,other"));

            Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
            Assert.Equal(3, (await scene.NewestAsync()).Rows.Count);
        }
        finally
        {
            await scene.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_pooler_is_recognised_and_refused()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        using var pooler = new FakePooler(scene.Database.Settings);
        await using var direct = scene.Oltp;
        scene.Oltp = new PostgreSqlDatabase(scene.Database.Settings with { Host = "127.0.0.1", Port = pooler.Port, Security = ConnectionSecurity.Disable }, PostgreSqlSource.SessionLimits);

        var failure = await Assert.ThrowsAsync<PipelineException>(() => scene.RunAsync());

        Assert.Contains("pooler", failure.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.VersionsAsync());
    }

    [Fact]
    public async Task A_crash_of_the_server_is_noticed_in_the_next_run()
    {
        await using var cluster = await TestCluster.CreateAsync();
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items, TestDatabase.On(cluster, "postgres"));
        await scene.RunAsync();
        Assert.Empty((await scene.RunAsync()).Versions);

        await cluster.KillAsync();
        await cluster.StartAsync();

        Assert.Equal(VersionReason.Server, Assert.Single((await scene.RunAsync()).Versions).Reason);
    }

    [Fact]
    public async Task A_database_that_was_replaced_by_a_copy_is_noticed_in_the_next_run()
    {
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items);
        await scene.RunAsync();
        await using var copy = await TestDatabase.CopyAsync(scene.Database);
        await using var original = scene.Oltp;
        scene.Oltp = copy.Open(PostgreSqlSource.SessionLimits);

        Assert.Equal(VersionReason.Server, Assert.Single((await scene.RunAsync()).Versions).Reason);
    }

    [Fact]
    public async Task A_standby_that_has_replayed_less_than_a_version_saw_is_refused()
    {
        await using var primary = await TestCluster.CreateAsync();
        await using var scene = await ExtractScene.CreateAsync(ExtractScene.Items, TestDatabase.On(primary, "postgres"));
        await using var standby = await primary.BackUpAsync(isStandby: true);
        await standby.StartAsync("recovery_min_apply_delay=1h");
        await scene.ExecuteAsync("UPDATE item SET name = 'other'");
        await scene.RunAsync();
        await using var original = scene.Oltp;
        scene.Oltp = TestDatabase.On(standby, "postgres").Open(PostgreSqlSource.SessionLimits);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync());

        Assert.Contains("this standby has replayed only", failure.Message, StringComparison.Ordinal);
        Assert.Single(await scene.VersionsAsync());
    }

    /// <summary>Passes a session on, and tells the client another number of the server's process, as poolers do.</summary>
    private sealed class FakePooler : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly DatabaseSettings _server;

        public FakePooler(DatabaseSettings server)
        {
            _server = server;
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(ExtractScene.Token);
                using var server = await ConnectAsync();
                await using var down = new NetworkStream(server);
                var up = client.GetStream();
                await Task.WhenAny(up.CopyToAsync(down, ExtractScene.Token), CopyDownAsync(down, up));
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The session has ended.
            }
        }

        private async Task<Socket> ConnectAsync()
        {
            EndPoint end = _server.Host.StartsWith('/')
                ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}")
                : new DnsEndPoint(_server.Host, _server.Port);
            var socket = new Socket(end is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(end, ExtractScene.Token);
            return socket;
        }

        private static async Task CopyDownAsync(Stream from, Stream to)
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = await from.ReadAsync(buffer, ExtractScene.Token)) > 0;)
            {
                // BackendKeyData: K, the length 12, the process, the secret.
                var key = buffer.AsSpan(0, read).IndexOf("K\0\0\0\f"u8);
                if (key >= 0) BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(key + 5), 42);
                await to.WriteAsync(buffer.AsMemory(0, read), ExtractScene.Token);
            }
        }
    }
}
