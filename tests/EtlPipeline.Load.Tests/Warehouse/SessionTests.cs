using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Tests.Scenes;
using EtlPipeline.Testing.Stores;
using Npgsql;

namespace EtlPipeline.Load.Tests.Warehouse;

public class SessionTests
{
    private const string TakeLock = "SELECT pg_advisory_lock(x'4C4F4144'::integer, (SELECT oid::bigint % 2147483648 FROM pg_namespace WHERE nspname = 'public')::integer)";

    private static readonly object?[] One = [1, 1, 1m, null];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_another_Load_works_this_one_ends_well_and_does_nothing()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await using (var other = await load.Database.OpenAsync())
        {
            await other.ExecuteAsync(TakeLock, Token);
            Assert.Empty((await load.SweepAsync()).Versions);
        }

        Assert.Single(load.Log.Entries, entry => entry.EventName == "AnotherLoadWorks");
        Assert.Single((await load.SweepAsync()).Versions);
    }

    [Fact]
    public async Task A_doorbell_whose_versions_are_loaded_goes_home_without_a_look_at_the_bucket_and_is_a_success()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.RingAsync(sales.Key(1));
        await sales.ChangesAsync(2, [[2, 1, 1m, null]]);

        await using (var other = await load.Database.OpenAsync())
        {
            await other.ExecuteAsync(TakeLock, Token);
            Assert.Empty((await load.RingAsync(sales.Key(1))).Versions);
        }

        Assert.DoesNotContain(load.Log.Entries, entry => entry.EventName == "AnotherLoadWorks");
        Assert.EndsWith(", success", load.Log.Entries.Last(entry => entry.EventName == "StageFinished").Message, StringComparison.Ordinal);
        Assert.Single((await load.RingAsync(sales.Key(1), sales.Key(2))).Versions);
    }

    [Fact]
    public async Task A_sweep_that_finds_nothing_takes_no_lock_and_is_a_success()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Target(TestTarget.Sale).WholeAsync(1, [One]);
        await load.SweepAsync();

        await using (var other = await load.Database.OpenAsync())
        {
            await other.ExecuteAsync(TakeLock, Token);
            Assert.Empty((await load.SweepAsync()).Versions);
        }

        Assert.DoesNotContain(load.Log.Entries, entry => entry.EventName == "AnotherLoadWorks");
        Assert.EndsWith(", success", load.Log.Entries.Last(entry => entry.EventName == "StageFinished").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loads_in_two_schemas_of_one_database_do_not_wait_for_each_other()
    {
        await using var load = await LoadScene.CreateAsync("other");
        await load.Target(TestTarget.Sale).WholeAsync(1, [One]);
        await using var holder = await load.Database.OpenAsync();
        await holder.ExecuteAsync(TakeLock, Token);

        Assert.Single((await load.SweepAsync()).Versions);
        Assert.Equal("(1)", await load.RowsAsync("SELECT count(*) FROM other.sale_current"));
    }

    [Fact]
    public async Task A_version_that_arrives_while_the_last_one_is_loaded_is_loaded_too()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        var stage = load.AnotherStage(progress: new Once(() => sales.ChangesAsync(2, [[2, 1, 1m, null]])));
        var summary = await stage.RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("1", Token));

        Assert.Equal(2, summary.Versions.Count);
    }

    [Fact]
    public async Task A_target_whose_first_version_arrives_while_another_is_loaded_is_loaded_too()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Target(TestTarget.Staff).WholeAsync(1, [[1, "Ann"]]);
        var key = new VersionKey(TestTarget.Staff.Name, LakeTarget.Stamp(1)).Parquet;
        var stage = load.AnotherStage(progress: new Once(() => load.Target(TestTarget.Sale).WholeAsync(1, [One])));

        await stage.RunAsync(new StageEvent.Doorbell([new CreatedObject("processed", key)]), Invocation.Unlimited("1", Token));

        Assert.Equal("(1)", await load.RowsAsync("SELECT count(*) FROM fact_sale"));
    }

    /// <summary>The lock goes with its session: another Load may have begun while this one was cut off and didn't know it yet.</summary>
    [Fact]
    public async Task A_version_is_not_loaded_if_the_target_was_moved_on_while_it_was_fetched()
    {
        await using var load = await LoadScene.CreateAsync();
        var sales = load.Target(TestTarget.Sale);
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        await sales.ChangesAsync(2, [[2, 1, 1m, null]]);

        var overtaken = new HookedBucket(load.Bucket, () => load.Database.ExecuteAsync($"UPDATE etl_target SET version = '{LakeTarget.Stamp(3)}' WHERE target = 'fact_sale'"));
        await load.AnotherStage(overtaken).RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("1", Token));

        Assert.Equal("(1)", await load.RowsAsync("SELECT count(*) FROM fact_sale"));
        Assert.Equal($"({LakeTarget.Stamp(3)})", await load.RowsAsync("SELECT version FROM etl_target WHERE target = 'fact_sale'"));
    }

    [Fact]
    public async Task A_table_that_somebody_holds_is_left_for_later_and_the_others_are_loaded()
    {
        await using var load = await LoadScene.CreateAsync(options: new SessionOptions { LockTimeout = TimeSpan.FromMilliseconds(300) });
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await sales.WholeAsync(1, [One]);
        await load.SweepAsync();
        await sales.ChangesAsync(2, [[2, 1, 1m, null]]);
        await staff.WholeAsync(2, [[1, "Ann"]]);
        await using (var holder = await load.Database.OpenAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync(Token);
            await holder.ExecuteAsync("LOCK TABLE fact_sale IN ACCESS EXCLUSIVE MODE", Token);
            await load.SweepAsync();
        }

        Assert.Single(load.Log.Entries, entry => entry.EventName == "LockNotHad");
        Assert.Equal("(1,Ann)", await load.RowsAsync("SELECT * FROM dim_staff"));
        await load.SweepAsync();
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM sale_current"));
    }

    [Fact]
    public async Task A_session_that_is_killed_fails_its_version_and_the_rest_goes_on()
    {
        await using var load = await LoadScene.CreateAsync();
        var (sales, staff) = (load.Target(TestTarget.Sale), load.Target(TestTarget.Staff));
        await sales.WholeAsync(1, [One]);
        await staff.WholeAsync(1, [[1, "Ann"]]);
        var stage = load.AnotherStage(progress: new Once(() => load.Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'etl-pipeline' AND datname = current_database()")));
        await Assert.ThrowsAsync<StageFailedException>(() => stage.RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("1", Token)));
        await load.SweepAsync();

        Assert.Equal("(1,1)", await load.RowsAsync("SELECT (SELECT count(*) FROM sale_current), (SELECT count(*) FROM dim_staff)"));
    }

    [Theory]
    [InlineData("Ware\"house")]
    [InlineData("UPPER case; DROP SCHEMA public CASCADE; --")]
    [InlineData("東京")]
    [InlineData("a, pg_catalog")]
    public async Task A_schema_of_any_name_is_made_and_used(string schema)
    {
        await using var load = await LoadScene.CreateAsync(schema);
        await load.Database.ExecuteAsync("CREATE TABLE public.dim_staff (id text); CREATE TABLE public.staging (id text)");
        await load.Target(TestTarget.Sale).WholeAsync(1, [One]);
        await load.Target(TestTarget.Staff).WholeAsync(1, [[1, "Ann"]]);
        await load.SweepAsync();

        var quoted = SqlIdentifier.Quote(schema);
        Assert.Equal("(1)", await load.RowsAsync($"SELECT sale_id FROM {quoted}.fact_sale_as_of('infinity')"));
        Assert.Equal("(1,Ann)", await load.RowsAsync($"SELECT * FROM {quoted}.dim_staff"));
        Assert.Equal("(2)", await load.RowsAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_table_that_is_named_like_the_staging_table_is_left_alone()
    {
        await using var load = await LoadScene.CreateAsync();
        await load.Database.ExecuteAsync("CREATE TABLE staging (id text); INSERT INTO staging VALUES ('mine'); CREATE TABLE changed (id text); CREATE TABLE gone (id text)");
        await load.Target(TestTarget.Sale).WholeAsync(1, [One]);
        await load.SweepAsync();

        Assert.Equal("(mine)", await load.RowsAsync("SELECT * FROM staging"));
    }

    [Fact]
    public async Task A_schema_that_is_not_its_own_is_refused()
    {
        await using var load = await LoadScene.CreateAsync("$user");
        await load.Database.ExecuteAsync("CREATE SCHEMA \"$user\"; CREATE SCHEMA postgres");

        Assert.Contains("has no schema '$user'", await load.FailingSweepAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_pooler_is_refused()
    {
        await using var load = await LoadScene.CreateAsync();
        using var pooler = Pooler.Start(load.Database.Settings);
        await using var warehouse = new PostgreSqlDatabase(load.Database.Settings with { Host = "127.0.0.1", Port = pooler.Port }, new SessionOptions());
        var stage = new LoadStage(load.Bucket, warehouse, TimeProvider.System, load.Log.Logger);
        var failure = await Assert.ThrowsAsync<StageFailedException>(() => stage.RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("1", Token)));

        Assert.Contains("is reached through a connection pooler", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A bucket in which something happens before an object is opened.</summary>
    private sealed class HookedBucket(IObjectStore inner, Func<Task> beforeAsync) : ObjectStoreDecorator(inner)
    {
        public override async Task<StoredObject?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
        {
            await beforeAsync();
            return await base.OpenAsync(key, offset, cancellationToken);
        }
    }

    private sealed class Once(Func<Task> action) : IProgress<VersionLoaded>
    {
        private bool _isDone;

        public void Report(VersionLoaded value)
        {
            if (_isDone) return;
            _isDone = true;
            action().GetAwaiter().GetResult();
        }
    }

    /// <summary>What a pooler does to a session, as far as its client can see: the process that it is told isn't the server's.</summary>
    private sealed class Pooler : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public static Pooler Start(Core.Settings.DatabaseSettings server)
        {
            var pooler = new Pooler();
            pooler._listener.Start();
            _ = pooler.ServeAsync(server);
            return pooler;
        }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(Core.Settings.DatabaseSettings server)
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var socket = Path.IsPathRooted(server.Host) ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(Path.IsPathRooted(server.Host) ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}") : new DnsEndPoint(server.Host, server.Port));
                var upstream = new NetworkStream(socket, ownsSocket: true);
                _ = client.GetStream().CopyToAsync(upstream);
                _ = RelayAsync(upstream, client.GetStream());
            }
        }

        /// <summary>Hands the server's messages on; BackendKeyData ('K', of 12 bytes) with another process.</summary>
        private static async Task RelayAsync(NetworkStream from, NetworkStream to)
        {
            var header = new byte[5];
            while (true)
            {
                await from.ReadExactlyAsync(header);
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
                await from.ReadExactlyAsync(body);
                if (header[0] == 'K') body[3] ^= 1;
                await to.WriteAsync(header);
                await to.WriteAsync(body);
            }
        }
    }
}
