using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract.Tests.Scenes;
using EtlPipeline.Testing.Proofs;
using Npgsql;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>
/// Writers that do whatever a database allows, and runs that die, run out of time and leave late puts: whenever a run has left the table
/// complete, what was sent is what the table holds; and no round ever finds what the following has missed.
/// </summary>
public sealed class HistoryTests
{
    // A run that never ends has to end the test all the same; it takes seconds.
    private const int LongestTime = 10 * 60 * 1000;

    private static readonly string[] Tables =
    [
        "id int PRIMARY KEY",
        "id bigint PRIMARY KEY",
        "id text COLLATE \"und-x-icu\" PRIMARY KEY",
        "id uuid PRIMARY KEY",
        "id int, part text COLLATE \"und-x-icu\" DEFAULT 'p', PRIMARY KEY (id, part)",
    ];

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, ProofSize.IsLong ? 2000 : 20));

    [Theory(Timeout = LongestTime)]
    [MemberData(nameof(Seeds))]
    public async Task No_row_is_lost_or_stale_whatever_writers_and_runs_do(int seed)
    {
        var random = new Random(seed);
        var kind = seed % Tables.Length;
        await using var scene = await ExtractScene.CreateAsync($"CREATE TABLE item ({Tables[kind]}, v text, n int)");
        scene.Limits = new ExtractLimits
        {
            SegmentRows = 8,
            ChunkBytes = 900,
            SortedChunks = 3,
            SmallTableBytes = random.Next(2) == 0 ? 0 : 300,
            BulkBytes = 4000,
            RoundStart = TimeSpan.MaxValue / 4,
        };
        await using var writers = await Writers.CreateAsync(scene, kind, random);
        var bucket = scene.Bucket;
        var late = new List<(string Key, byte[] Body, ObjectMetadata Metadata)>();
        for (var tick = 0; tick < 14; tick++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            for (var steps = random.Next(12); steps > 0; steps--) await writers.StepAsync();
            if (random.Next(4) == 0) await PutLateAsync(bucket, late);
            var isCalm = tick == 13 || random.Next(2) == 0;
            scene.Bucket = isCalm ? bucket : new FailingBucket(bucket) { TakePut = (key, body, metadata) => Die(random, key, body, metadata, late) };
            var limits = scene.Limits;
            if (random.Next(4) == 0) scene.Limits = limits with { RoundStart = TimeSpan.Zero, RoundSpread = TimeSpan.Zero };
            var isDone = await RunAsync(scene, random, isCalm);
            (scene.Bucket, scene.Limits) = (bucket, limits);
            if (isDone && late.Count == 0) await CheckAsync(scene, $"seed {seed}, tick {tick}: {string.Join(' ', writers.Log.TakeLast(12))}");
        }
    }

    /// <summary>Runs; true if the table was left complete.</summary>
    private static async Task<bool> RunAsync(ExtractScene scene, Random random, bool isCalm)
    {
        var request = new ExtractRequest { IsFull = random.Next(25) == 0, AcceptDeletes = ExtractScene.Names("item") };
        try
        {
            var summary = await scene.RunAsync(request: random.Next(8) == 0 || isCalm ? request : null, invocation: isCalm ? null : scene.WithLooks(random.Next(1, 6)));
            return summary.Tables[0].IsComplete;
        }
        catch (StageFailedException exception) when (!isCalm || exception.Message.Contains("could not be locked", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static bool Die(Random random, string key, byte[] body, ObjectMetadata metadata, List<(string, byte[], ObjectMetadata)> late)
    {
        if (random.Next(5) > 0 || !key.StartsWith("item/", StringComparison.Ordinal)) return false;
        if (random.Next(2) == 0 && key.EndsWith(VersionKey.RowsSuffix, StringComparison.Ordinal)) late.Add((key, body, metadata));
        throw new IOException("The process dies.");
    }

    private static async Task PutLateAsync(IObjectStore bucket, List<(string Key, byte[] Body, ObjectMetadata Metadata)> late)
    {
        foreach (var (key, body, metadata) in late) await bucket.PutIfAbsentAsync(key, new MemoryStream(body), metadata, ExtractScene.Token);
        late.Clear();
    }

    private static async Task CheckAsync(ExtractScene scene, string where)
    {
        var load = new TrivialLoad();
        foreach (var version in await scene.VersionsAsync()) load.Apply(version);
        var rows = await scene.Database.RowsAsync("SELECT row_to_json(t)::text FROM item AS t");
        Assert.True(rows.Order(StringComparer.Ordinal).SequenceEqual(load.Rows.Order(StringComparer.Ordinal)), $"{where}\nmissing or stale: {string.Join(' ', rows.Except(load.Rows).Take(3))}\nin excess: {string.Join(' ', load.Rows.Except(rows).Take(3))}");
        Assert.True(load.Corrections.Count == 0, $"{where}: {string.Join(' ', load.Corrections)}");
    }

    /// <summary>Sessions with open, nested and prepared transactions, one after another, from one seed.</summary>
    private sealed class Writers(ExtractScene scene, int kind, Random random, NpgsqlConnection[] sessions) : IAsyncDisposable
    {
        private readonly List<string> _prepared = [];
        private readonly string _name = scene.Database.Settings.Database;
        private int _tail = 400;
        private int _count;

        public List<string> Log { get; } = [];

        public static async Task<Writers> CreateAsync(ExtractScene scene, int kind, Random random)
        {
            var sessions = new NpgsqlConnection[4];
            for (var i = 0; i < sessions.Length; i++)
            {
                sessions[i] = await scene.Database.OpenAsync();
                await sessions[i].ExecuteAsync("SET lock_timeout = '15ms'", ExtractScene.Token);
            }

            var writers = new Writers(scene, kind, random, sessions);
            for (var rows = random.Next(120); rows > 0; rows--) await writers.TryAsync(sessions[0], writers.Insert());
            return writers;
        }

        public async Task StepAsync()
        {
            // The first session has no transaction of its own.
            var i = random.Next(sessions.Length);
            if (i == 0)
            {
                await TryAsync(sessions[0], random.Next(8) == 0 ? "VACUUM FULL item" : Write());
                return;
            }

            await TryAsync(sessions[i], random.Next(14) switch
            {
                < 7 => $"BEGIN; {Write()}",
                7 => "BEGIN; SAVEPOINT s",
                8 => "RELEASE s",
                9 => "ROLLBACK TO s",
                10 => "ROLLBACK",
                11 when _prepared.Count < 2 => Prepare(),
                12 when _prepared.Count > 0 => Finish(),
                _ => "COMMIT",
            });
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var session in sessions) await session.DisposeAsync();
            foreach (var prepared in _prepared)
            {
                try
                {
                    await scene.ExecuteAsync($"ROLLBACK PREPARED '{prepared}'");
                }
                catch (PostgresException)
                {
                    // It could not be prepared in the first place.
                }
            }
        }

        private string Prepare()
        {
            _prepared.Add($"{_name}_{_count++}");
            return $"PREPARE TRANSACTION '{_prepared[^1]}'";
        }

        private string Finish()
        {
            var prepared = _prepared[0];
            _prepared.RemoveAt(0);
            return $"ROLLBACK; {(random.Next(3) > 0 ? "COMMIT" : "ROLLBACK")} PREPARED '{prepared}'";
        }

        private string Write() => random.Next(16) switch
        {
            < 4 => Insert(),
            4 => string.Join("; ", Enumerable.Range(0, random.Next(3, 20)).Select(_ => Insert())),
            5 or 6 => $"DELETE FROM item WHERE {Some()}",
            7 => $"DELETE FROM item WHERE {Some()}; {Insert()}",
            8 => $"UPDATE item SET v = v WHERE {Some()}",
            9 => $"UPDATE item SET id = {Key()} WHERE {Some()}",
            10 => $"UPDATE item SET n = n + 1 WHERE n % {random.Next(1, 4)} = 0",
            11 when random.Next(4) == 0 => "TRUNCATE item",
            12 when random.Next(4) == 0 => $"ALTER TABLE item ADD COLUMN c{_count++} text DEFAULT 'd'",
            _ => $"UPDATE item SET v = 'u{random.Next(99)}' WHERE {Some()}",
        };

        private string Insert() => $"INSERT INTO item (id, v, n) VALUES ({Key()}, 'v{random.Next(6)}', {random.Next(10)}) ON CONFLICT DO NOTHING";

        private string Some() => $"ctid IN (SELECT ctid FROM item ORDER BY md5(item::text || '{random.Next()}') LIMIT {random.Next(1, 4)})";

        private string Key()
        {
            var number = random.Next(2) == 0 ? _tail++ : random.Next(-150, 380);
            return kind switch
            {
                1 when random.Next(5) == 0 => $"{number}::bigint << 32",
                2 => $"'{"aAbBzZ_-é😀｟"[random.Next(9)]}{number.ToString(CultureInfo.InvariantCulture)}'",
                3 => $"md5('{number}')::uuid",
                _ => number.ToString(CultureInfo.InvariantCulture),
            };
        }

        private async Task TryAsync(NpgsqlConnection session, string sql)
        {
            Log.Add(sql.Length > 60 ? sql[..60] : sql);
            try
            {
                await session.ExecuteAsync(sql, ExtractScene.Token);
            }
            catch (PostgresException)
            {
                if (session != sessions[0]) await session.ExecuteAsync("ROLLBACK", ExtractScene.Token);
            }
        }
    }
}
