using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Load.Tests;

/// <summary>
/// Random histories of two targets, applied by Loads that work at once and whose sessions are killed, against a model of what the warehouse
/// then has to hold. A failure names its seed.
/// </summary>
public class RandomHistoryTests(ITestOutputHelper output)
{
    private static readonly TargetDescription Staff = TestTarget.Dimension("dim_staff", "staff_id", "staff_id integer!", "name character varying");
    private static readonly TargetDescription Order =
        TestTarget.Fact("fact_order", "region,code", "region integer!", "code text!", "staff_id integer! -> dim_staff", "amount numeric(10,2)", "note json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, ProofSize.IsLong ? 100 : 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_comes_and_whoever_dies_the_warehouse_holds_what_the_model_says(int seed)
    {
        await using var load = await LoadScene.CreateAsync();
        var random = new Random(seed);
        ModelTarget[] targets = [new(load.Target(Staff), random), new(load.Target(Order), random)];
        var puts = new Queue<Func<Task>>();
        for (var run = 0; run < 25; run++) Extract(targets, run, random, puts);

        await puts.Dequeue()();
        await puts.Dequeue()();
        await load.SweepAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromMinutes(3));
        var loads = Enumerable.Range(1, 3).Select(i => LoadAsync(load, puts, new Random(seed * 100 + i), stop.Token)).Append(KillAsync(load, puts, new Random(-seed), stop.Token)).ToList();
        while (puts.TryPeek(out var put))
        {
            await put();
            puts.Dequeue();
            await Task.Delay(random.Next(8), Token);
        }

        await Task.WhenAll(loads);
        await load.SweepAsync();
        foreach (var target in targets) await CheckAsync(load, target);
        output.WriteLine($"seed {seed}: {targets.Sum(target => target.Versions)} versions, {targets.Sum(target => target.Records.Count)} records, {load.Log.Entries.Count(entry => entry.EventName == "AnotherLoadWorks")} went home, {load.Log.Entries.Count(entry => entry.EventName == "Failed")} killed");
    }

    private static void Extract(ModelTarget[] targets, int run, Random random, Queue<Func<Task>> puts)
    {
        var runStamp = LakeTarget.Stamp(10 * run);
        foreach (var target in targets) target.Mutate();
        for (var i = 0; i < targets.Length; i++)
        {
            var target = targets[i];
            if (run == 0) puts.Enqueue(target.Chunk(0, runStamp, 0, VersionReason.First, isSound: true));
            else if (target.Changes(10 * run, runStamp) is { } changes) puts.Enqueue(changes);
        }

        foreach (var target in targets)
        {
            for (var n = 0; run > 0 && n < 2; n++)
            {
                if (target.NextChunk() is not { } next || random.Next(2) == 0) continue;
                var put = target.Chunk(10 * run + 1 + n, runStamp, next.Segment, next.Reason, isSound: random.Next(40) > 0);
                puts.Enqueue(put);
            }

            target.Snapshot(runStamp);
        }
    }

    private static async Task LoadAsync(LoadScene load, Queue<Func<Task>> puts, Random random, CancellationToken token)
    {
        while (puts.Count > 0)
        {
            try
            {
                await load.AnotherStage().RunAsync(new StageEvent.Sweep(), Invocation.Unlimited("1", token));
            }
            catch (StageFailedException)
            {
                // Its session was killed.
            }

            await Task.Delay(random.Next(20), token);
        }
    }

    private static async Task KillAsync(LoadScene load, Queue<Func<Task>> puts, Random random, CancellationToken token)
    {
        while (puts.Count > 0)
        {
            await Task.Delay(random.Next(150), token);
            await load.Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'etl-pipeline' AND datname = current_database() ORDER BY random() LIMIT 1");
        }
    }

    private static async Task CheckAsync(LoadScene load, ModelTarget target)
    {
        var (name, history) = (target.Description.Name, target.Description.Kind == TargetKind.Fact ? target.Description.Name.Value : $"{target.Description.Name}_history");
        var columns = string.Join(", ", target.Description.Columns.Select(column => $"{column.Name}::text"));
        Assert.Equal(target.Ledger, await load.Database.RowsAsync(
            $"SELECT version, outcome, inserted, ended, deleted, corrections, complete_after, verified_through FROM etl_load WHERE target = '{name}' ORDER BY version"));
        Assert.Equal(target.Current(), Sorted(await load.Database.RowsAsync($"SELECT {columns} FROM {history} WHERE valid_to IS NULL")));
        foreach (var (moment, rows) in target.Snapshots)
            Assert.Equal(rows, Sorted(await load.Database.RowsAsync($"SELECT {columns} FROM {name}_as_of('{moment.Instant:O}')")));
        Assert.Equal(target.Records.Count, await load.Database.ScalarAsync<long>($"SELECT count(*) FROM {history}"));
        Assert.Equal(target.Rejected(), Sorted(await load.Database.RowsAsync($"SELECT array_to_string(key, ','), version FROM etl_rejected WHERE target = '{name}'")));
        var overlaps = $"""
            SELECT count(*) FROM {history} AS a JOIN {history} AS b ON {string.Join(" AND ", target.Description.Key.Select(key => $"a.{key} = b.{key}"))}
            AND a.record_id < b.record_id AND tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)
            """;
        Assert.Equal(0, await load.Database.ScalarAsync<long>(overlaps));
    }

    private static List<string> Sorted(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];

    /// <summary>A source table in segments, what Extract makes of it, and what the warehouse has to hold after each version.</summary>
    private sealed class ModelTarget(LakeTarget lake, Random random)
    {
        private static readonly string[] Codes = ["a", "B", "_x", "é", "Z", "aa", "A", "10", "9", " ", "🚀"];

        private readonly RowKey?[] _bounds = lake.Description.Kind == TargetKind.Fact
            ? [null, new RowKey("0", "Z"), new RowKey("2", "A"), new RowKey("2", "aa"), new RowKey("5", "_x"), null]
            : [null, new RowKey("5"), new RowKey("12"), new RowKey("20"), null];

        private readonly Dictionary<RowKey, object?[]> _source = [];
        private readonly HashSet<RowKey> _changed = [], _bad = [];
        private readonly HashSet<int> _due = [];
        private readonly Dictionary<int, TableVersion> _read = [];
        private readonly Dictionary<RowKey, string> _current = [];
        private readonly Dictionary<RowKey, TableVersion> _rejected = [];
        private TableVersion? _previous, _loaded, _completeAfter, _complete, _verified;
        private bool _isBlocked;

        public TargetDescription Description => lake.Description;

        public int Versions { get; private set; }

        public List<RowKey> Records { get; } = [];

        public List<(TableVersion Moment, List<string> Rows)> Snapshots { get; } = [];

        public List<string> Ledger { get; } = [];

        private TableKey Key => Description.TableKey;

        public List<string> Current() => Sorted(_current.Values);

        public List<string> Rejected() => Sorted(_rejected.Select(entry => $"{string.Join(',', entry.Key.Values)}|{entry.Value}"));

        public void Snapshot(TableVersion moment) => Snapshots.Add((moment, Current()));

        public void Mutate()
        {
            for (var n = random.Next(7); n > 0; n--)
            {
                var isDelete = _source.Count > 0 && random.Next(5) == 0;
                var key = _source.Count > 0 && random.Next(2) == 0 ? _source.Keys.OrderBy(k => string.Join(',', k.Values), StringComparer.Ordinal).ElementAt(random.Next(_source.Count)) : NewKey();
                if (isDelete && _source.Remove(key))
                {
                    _bad.Remove(key);
                    _changed.Remove(key);
                    _due.Add(SegmentOf(key));
                    continue;
                }

                _source[key] = NewRow(key);
                _changed.Add(key);
                if (random.Next(8) == 0) _bad.Add(key);
                else _bad.Remove(key);
            }
        }

        /// <summary>A version of what changed in the segments that were read; null if nothing did. Now and then the following misses a row.</summary>
        public Func<Task>? Changes(int minute, TableVersion runStamp)
        {
            var keys = _changed.Where(key => _read.ContainsKey(SegmentOf(key))).ToList();
            _changed.ExceptWith(keys);
            if (keys.Count > 0 && random.Next(10) == 0) keys.RemoveAt(0);
            return keys.Count == 0 ? null : Version(minute, runStamp, VersionReason.Changed, keys, segment: null, isSound: true);
        }

        /// <summary>A segment that has to be read, or whose turn it is.</summary>
        public (int Segment, VersionReason Reason)? NextChunk()
        {
            if (_due.Where(_read.ContainsKey).ToList() is { Count: > 0 } due) return (due.Min(), VersionReason.Deleted);
            if (_read.Count < _bounds.Length - 1) return (_read.Count, VersionReason.First);
            return (_read.MinBy(segment => segment.Value).Key, VersionReason.Round);
        }

        public Func<Task> Chunk(int minute, TableVersion runStamp, int segment, VersionReason reason, bool isSound)
        {
            _due.Remove(segment);
            var keys = _source.Keys.Where(key => SegmentOf(key) == segment).ToList();
            _changed.ExceptWith(keys);
            _read[segment] = LakeTarget.Stamp(minute);
            return Version(minute, runStamp, reason, keys, segment, isSound);
        }

        private Func<Task> Version(int minute, TableVersion runStamp, VersionReason reason, List<RowKey> keys, int? segment, bool isSound)
        {
            keys.Sort(Key);
            var (stamp, previous) = (LakeTarget.Stamp(minute), _previous);
            var range = segment is { } at ? new KeyRange(_bounds[at], _bounds[at + 1]) : null;
            var good = keys.Where(key => !_bad.Contains(key)).Select(key => (Key: key, Row: _source[key])).ToList();
            var bad = keys.Where(_bad.Contains).ToList();
            var isComplete = _read.Count == _bounds.Length - 1 && _due.Count == 0;
            TableVersion? oldest = _read.Count == _bounds.Length - 1 ? _read.Values.Min() : null;
            _previous = stamp;
            if (_loaded is { } && random.Next(60) == 0) return () => Task.CompletedTask;

            Versions++;
            Apply(stamp, previous, reason, range, good, bad, isSound, isComplete, oldest);
            var rows = good.Select(row => row.Row).ToArray();
            var rejected = bad.Select(key => (key.Values.Select((value, i) => Key.Columns[i].Order == KeyOrder.Number ? (object?)int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value).ToArray(), "bad")).ToArray();
            return () => lake.PutAsync(minute, rows, rejected, range, metadata => metadata with
            {
                Kind = range is null ? VersionKind.Changes : VersionKind.Chunk,
                Reason = reason,
                RunStamp = runStamp,
                Previous = previous,
                OldestRead = oldest,
                Verified = oldest,
                IsComplete = isComplete,
                IsSegmented = true,
                Sha256 = isSound ? metadata.Sha256 : "0",
            });
        }

        private void Apply(
            TableVersion stamp, TableVersion? previous, VersionReason reason, KeyRange? range, List<(RowKey Key, object?[] Row)> good, List<RowKey> bad, bool isSound, bool isComplete, TableVersion? oldest)
        {
            if (_loaded != previous) _completeAfter = previous > _completeAfter || _completeAfter is null ? previous : _completeAfter;
            _loaded = stamp;
            if (!isSound)
            {
                _completeAfter = stamp;
                AddEntry(stamp, "damaged", 0, 0, 0, 0);
                return;
            }

            var staged = good.ToDictionary(row => row.Key, row => Print(row.Row));
            var inside = range is null ? [] : _current.Keys.Where(key => range.Contains(key, Key)).ToList();
            var gone = inside.Where(key => !staged.ContainsKey(key) && !bad.Contains(key)).ToList();
            var isCounted = _complete is { } complete && !(complete <= _completeAfter);
            if (range is { } && !_isBlocked && (reason == VersionReason.First || !isCounted) && gone.Count * 2 > inside.Count)
            {
                (_isBlocked, _completeAfter) = (true, stamp);
                AddEntry(stamp, "skipped", 0, 0, 0, 0);
                return;
            }

            var isVerified = _verified is { } verified && !(verified <= _completeAfter);
            if (range is { } && _isBlocked) (_completeAfter, gone) = (stamp, []);
            var changed = staged.Where(row => _current.GetValueOrDefault(row.Key) != row.Value).Select(row => row.Key).ToList();
            var corrections = reason == VersionReason.Round && isVerified ? changed.Concat(gone).Count(key => !_rejected.ContainsKey(key)) : 0;
            var ended = changed.Count(_current.ContainsKey);
            foreach (var key in gone) _current.Remove(key);
            foreach (var key in changed) _current[key] = staged[key];
            Records.AddRange(changed);
            foreach (var key in _rejected.Keys.Where(key => staged.ContainsKey(key) || (range is { } && !_isBlocked && range.Contains(key, Key) && !bad.Contains(key))).ToList()) _rejected.Remove(key);
            foreach (var key in bad) _rejected[key] = stamp;
            if (isComplete) _complete = stamp;
            if (isComplete && oldest is { } && !(oldest <= _completeAfter)) _verified = oldest;
            AddEntry(stamp, "loaded", changed.Count, ended, gone.Count, corrections);
        }

        private void AddEntry(TableVersion stamp, string outcome, int inserted, int ended, int deleted, int corrections) =>
            Ledger.Add($"{stamp}|{outcome}|{inserted}|{ended}|{deleted}|{corrections}|{_completeAfter}|{(_verified is { } verified ? verified.ToString() : "∅")}");

        private int SegmentOf(RowKey key) => Enumerable.Range(0, _bounds.Length - 1).Single(i => new KeyRange(_bounds[i], _bounds[i + 1]).Contains(key, Key));

        private RowKey NewKey() => Description.Kind == TargetKind.Fact ? new RowKey($"{random.Next(-1, 8)}", Codes[random.Next(Codes.Length)]) : new RowKey($"{random.Next(1, 26)}");

        private object?[] NewRow(RowKey key)
        {
            var number = int.Parse(key.Values[0], System.Globalization.CultureInfo.InvariantCulture);
            return Description.Kind == TargetKind.Fact
                ? [number, key.Values[1], random.Next(1, 26), ((object?[])[null, 3.10m, 7.00m])[random.Next(3)], ((object?[])[null, "{\"a\":1}", "{\"a\": 1}"])[random.Next(3)]]
                : [number, ((object?[])["x", "y", null, "o'k"])[random.Next(4)]];
        }

        private static string Print(object?[] row) => string.Join('|', row.Select(value => value switch
        {
            null => "∅",
            decimal amount => amount.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        }));
    }
}
