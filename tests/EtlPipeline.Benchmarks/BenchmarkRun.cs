using System.Globalization;

namespace EtlPipeline.Benchmarks;

/// <summary>One line of the results.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value: a ratio within this run unless <paramref name="Unit"/> says otherwise.</param>
/// <param name="Unit">What it is measured in; empty for a ratio.</param>
/// <param name="Target">What it should be, as text; null if nothing was aimed at.</param>
/// <param name="IsReached">Whether the target was reached; null if there is none.</param>
internal sealed record Measurement(string Name, double Value, string Unit, string? Target = null, bool? IsReached = null)
{
    public static Measurement AtMost(string name, double value, double target, string unit = "") =>
        new(name, value, unit, string.Create(CultureInfo.InvariantCulture, $"≤ {target}"), value <= target);

    public static Measurement AtLeast(string name, double value, double target, string unit = "") =>
        new(name, value, unit, string.Create(CultureInfo.InvariantCulture, $"≥ {target}"), value >= target);
}

/// <summary>
/// One run of the benchmarks at a number of orders: the first load, quiet and busy ticks, deletes, an update of every row and a round, each
/// against what the database itself takes for the same in this run. The warehouse's contents are compared after each: if they are wrong,
/// there is no result.
/// </summary>
internal sealed class BenchmarkRun(BenchmarkServer server, string folder, long rows, Action<string> say)
{
    private const string Source = "totesys";
    private const string SmallSource = "totesys_small";
    private const string Changes = "UPDATE sales_order SET units_sold = units_sold + 1, last_updated = clock_timestamp() WHERE sales_order_id % {step} = {offset}";

    private readonly List<Measurement> _measurements = [];

    /// <summary>Runs everything.</summary>
    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        var small = Math.Max(rows / 100, 10_000);
        await server.CreateSourceAsync(Source, rows, cancellationToken);
        await server.CreateSourceAsync(SmallSource, small, cancellationToken);
        var large = await FirstLoadAsync(cancellationToken);
        await TicksAsync(large, small, cancellationToken);
        await DeletesAsync(large, cancellationToken);
        await UpdateAllAsync(large, cancellationToken);
        await OthersAsync(cancellationToken);
        return _measurements;
    }

    private double _firstLoad;

    private async Task<MeasuredPipeline> FirstLoadAsync(CancellationToken cancellationToken)
    {
        say($"first load of {rows:N0} orders");
        var pipeline = await CreatePipelineAsync(Source, "warehouse", cancellationToken);
        var (extract, transform, load) = await ChainAsync(pipeline, cancellationToken);
        await CheckAsync(pipeline, Source, cancellationToken);

        say("what the database takes for the same");
        var anchors = new Anchors(server, Source, folder);
        var keys = await ForeignKeysAsync(pipeline.Warehouse.Database, cancellationToken);
        var pipe = await anchors.CopyPipeAsync(await EmptyFactAsync("anchor_pipe", pipeline.Warehouse.Database, keepKeys: false, cancellationToken), cancellationToken);
        await anchors.WriteFactsAsync(cancellationToken);
        var copyIn = await anchors.CopyInAsync(await EmptyFactAsync("anchor_copy", pipeline.Warehouse.Database, keepKeys: false, cancellationToken), keys, cancellationToken);
        var rowToJson = await anchors.RowToJsonAsync(cancellationToken);
        var duckDb = await anchors.DuckDbParquetAsync(cancellationToken);

        _firstLoad = extract.Seconds + transform.Seconds + load.Seconds;
        Add(Measurement.AtMost("first load: chain / COPY | COPY", _firstLoad / pipe, 2.5));
        Add(Measurement.AtMost("Extract / row_to_json to a file", extract.Seconds / rowToJson, 0.5));
        Add(Measurement.AtMost("Transform / DuckDB JSON → Parquet, one thread", transform.Seconds / duckDb, 1.5));
        Add(Measurement.AtMost("Load / COPY in with the keys added after", load.Seconds / copyIn, 1.8));
        var processor = extract.ProcessorSeconds + transform.ProcessorSeconds + load.ProcessorSeconds;
        Add(Measurement.AtLeast("rows a processor second of ours, whole chain", rows / processor, 300_000, "rows"));
        AddPeaks("first load", extract, transform, load);
        Add(new Measurement("first load: rows a second", rows / _firstLoad, "rows"));
        return pipeline;
    }

    private async Task TicksAsync(MeasuredPipeline large, long small, CancellationToken cancellationToken)
    {
        say("ticks");
        var tiny = await CreatePipelineAsync(SmallSource, "warehouse_small", cancellationToken);
        await ChainAsync(tiny, cancellationToken);
        var scan = await new Anchors(server, Source, folder).CountScanAsync(cancellationToken);
        var smallScan = await new Anchors(server, SmallSource, folder).CountScanAsync(cancellationToken);
        var quiet = await StageProcess.RunAsync("extract", large, cancellationToken);
        Add(Measurement.AtMost("tick in which nothing changed: Extract / the count scan", quiet.Seconds / scan, 1.3));
        Add(new Measurement("tick in which nothing changed: Extract", quiet.Seconds, "s"));
        Add(new Measurement("the count scan", scan, "s"));

        var before = BytesOf(large);
        var changed = await anchorsOf(Source).GzippedAsync($"SELECT * FROM sales_order WHERE sales_order_id % {Math.Max(rows / 1000, 1)} = 7", cancellationToken);
        var largeTick = await TickAsync(large, Source, rows, cancellationToken);
        Add(Measurement.AtMost("1,000 changes: lake bytes written / bytes of the changed rows", (double)(BytesOf(large) - before) / changed, 3));
        var smallTick = await TickAsync(tiny, SmallSource, small, cancellationToken);
        var (beyond, smallBeyond) = (Seconds(largeTick) - scan, Seconds(smallTick) - smallScan);
        Add(Measurement.AtMost("tick of 1,000 changes beyond the source's scans: at N / at a hundredth of N", beyond / smallBeyond, 1.2));
        Add(Measurement.AtMost("tick of 1,000 changes beyond the source's scans", beyond, 0.5, "s"));
        AddPeaks("tick", largeTick.Extract, largeTick.Transform, largeTick.Load);
        await CheckAsync(large, Source, cancellationToken);

        Anchors anchorsOf(string source) => new(server, source, folder);
    }

    private async Task<(StageCost Extract, StageCost Transform, StageCost Load)> TickAsync(
        MeasuredPipeline pipeline, string source, long count, CancellationToken cancellationToken)
    {
        await server.ExecuteAsync(source, Changes.Replace("{step}", $"{Math.Max(count / 1000, 1)}", StringComparison.Ordinal).Replace("{offset}", "7", StringComparison.Ordinal), cancellationToken);
        return await ChainAsync(pipeline, cancellationToken);
    }

    private async Task DeletesAsync(MeasuredPipeline pipeline, CancellationToken cancellationToken)
    {
        say("100 deletes spread over the table");
        var without = await TickAsync(pipeline, Source, rows, cancellationToken);
        await server.ExecuteAsync(Source, $"DELETE FROM sales_order WHERE sales_order_id % {Math.Max(rows / 100, 1)} = 3", cancellationToken);
        var with = await ChainAsync(pipeline, cancellationToken);
        await CheckAsync(pipeline, Source, cancellationToken);
        Add(Measurement.AtMost("100 deletes: tick / a tick without deletes", Seconds(with) / Seconds(without), 10));
    }

    private async Task UpdateAllAsync(MeasuredPipeline pipeline, CancellationToken cancellationToken)
    {
        say("an update of every row");
        await server.ExecuteAsync(Source, "UPDATE sales_order SET units_sold = units_sold + 1; VACUUM ANALYZE sales_order", cancellationToken);
        var (extract, transform, load) = await ChainAsync(pipeline, cancellationToken);
        await CheckAsync(pipeline, Source, cancellationToken);
        Add(Measurement.AtMost("update of all rows: chain / first load", (extract.Seconds + transform.Seconds + load.Seconds) / _firstLoad, 1.3));
        AddPeaks("bulk update", extract, transform, load);

        say("a round");
        var before = BytesOf(pipeline);
        var table = await new Anchors(server, Source, folder).GzippedAsync("SELECT * FROM sales_order", cancellationToken);
        var round = await StageProcess.RunAsync("extract-full", pipeline, cancellationToken);
        var transformed = await StageProcess.RunAsync("transform", pipeline, cancellationToken);
        var loaded = await StageProcess.RunAsync("load", pipeline, cancellationToken);
        Add(Measurement.AtMost("what a round writes, both buckets / the table as gzipped JSON", (double)(BytesOf(pipeline) - before) / table, 2.2));
        Add(new Measurement("what a round writes, both buckets", (BytesOf(pipeline) - before) / 1e6, "MB"));
        AddPeaks("round", round, transformed, loaded);
        await CheckAsync(pipeline, Source, cancellationToken);
    }

    private async Task OthersAsync(CancellationToken cancellationToken)
    {
        say("pg_dump | pg_restore, logical replication");
        await server.CreateAsync("restored", cancellationToken);
        var dump = await new Anchors(server, Source, folder).DumpAndRestoreAsync("restored", cancellationToken);
        Add(new Measurement("first load: chain / pg_dump | pg_restore of the orders", _firstLoad / dump, string.Empty));
        Add(new Measurement("first load: chain / logical replication's first copy", _firstLoad / await ReplicateAsync(cancellationToken), string.Empty));
    }

    private async Task<double> ReplicateAsync(CancellationToken cancellationToken)
    {
        await server.CreateAsync("replica", cancellationToken);
        await using (var connection = await server.OpenAsync("replica", cancellationToken))
            await SampleData.Databases.TotesysSchema.CreateAsync(connection, cancellationToken);
        await server.ExecuteAsync("replica", "ALTER TABLE sales_order DISABLE TRIGGER ALL", cancellationToken);
        await server.ExecuteAsync(Source, "CREATE PUBLICATION benchmark FOR TABLE sales_order; SELECT pg_create_logical_replication_slot('benchmark', 'pgoutput')", cancellationToken);
        var from = server.Database(Source);
        var seconds = await Anchors.TimeAsync(async () =>
        {
            await server.ExecuteAsync(
                "replica",
                $"CREATE SUBSCRIPTION benchmark CONNECTION 'host={from.Host} port={from.Port} user={from.User} dbname={from.Database}' PUBLICATION benchmark WITH (create_slot = false)",
                cancellationToken);
            for (var waited = 0; waited < 6000; waited++)
            {
                if (await server.ScalarAsync<bool>("replica", "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel", cancellationToken)) return;
                await Task.Delay(100, cancellationToken);
            }

            throw new InvalidOperationException("Logical replication did not end its first copy in ten minutes.");
        });
        await server.ExecuteAsync("replica", "DROP SUBSCRIPTION benchmark", cancellationToken);
        return seconds;
    }

    private async Task<MeasuredPipeline> CreatePipelineAsync(string source, string warehouse, CancellationToken cancellationToken)
    {
        await server.CreateAsync(warehouse, cancellationToken);
        return new MeasuredPipeline(server.Database(source), server.Database(warehouse), Directory.CreateDirectory(Path.Combine(folder, warehouse)).FullName);
    }

    private static async Task<(StageCost Extract, StageCost Transform, StageCost Load)> ChainAsync(MeasuredPipeline pipeline, CancellationToken cancellationToken) => (
        await StageProcess.RunAsync("extract", pipeline, cancellationToken),
        await StageProcess.RunAsync("transform", pipeline, cancellationToken),
        await StageProcess.RunAsync("load", pipeline, cancellationToken));

    /// <summary>A database with an empty fact that has the loaded one's indexes, and full dimensions.</summary>
    private async Task<string> EmptyFactAsync(string name, string warehouse, bool keepKeys, CancellationToken cancellationToken)
    {
        await server.CreateAsync(name, cancellationToken, warehouse);
        await server.ExecuteAsync(name, "TRUNCATE fact_sales_order; ALTER TABLE fact_sales_order ALTER COLUMN valid_from SET DEFAULT now()", cancellationToken);
        if (keepKeys) return name;
        foreach (var key in await ForeignKeyNamesAsync(name, cancellationToken)) await server.ExecuteAsync(name, $"ALTER TABLE fact_sales_order DROP CONSTRAINT \"{key}\"", cancellationToken);
        return name;
    }

    private async Task<IReadOnlyList<string>> ForeignKeyNamesAsync(string database, CancellationToken cancellationToken) =>
        await server.ScalarAsync<string[]>(
            database, "SELECT coalesce(array_agg(conname::text), '{}') FROM pg_constraint WHERE conrelid = 'fact_sales_order'::regclass AND contype = 'f'", cancellationToken);

    private async Task<IReadOnlyList<string>> ForeignKeysAsync(string database, CancellationToken cancellationToken) =>
        await server.ScalarAsync<string[]>(
            database,
            "SELECT coalesce(array_agg(format('ALTER TABLE fact_sales_order ADD %s', pg_get_constraintdef(oid))), '{}') FROM pg_constraint WHERE conrelid = 'fact_sales_order'::regclass AND contype = 'f'",
            cancellationToken);

    private async Task CheckAsync(MeasuredPipeline pipeline, string source, CancellationToken cancellationToken)
    {
        var expected = await ChecksumAsync(source, BenchmarkServer.Script("expected_facts.sql"));
        var loaded = await ChecksumAsync(
            pipeline.Warehouse.Database, BenchmarkServer.Script("loaded_facts.sql").Replace("{fact}", "fact_sales_order WHERE valid_to IS NULL", StringComparison.Ordinal));
        if (expected != loaded) throw new InvalidOperationException($"The warehouse is wrong, so there is no result: it has {loaded}, and should have {expected} (rows and checksum).");

        Task<string> ChecksumAsync(string database, string query) =>
            server.ScalarAsync<string>(database, $"SELECT count(*) || ' ' || coalesce(sum(hashtextextended(fact::text, 0)), 0) FROM ({query}) AS fact", cancellationToken);
    }

    private static double Seconds((StageCost Extract, StageCost Transform, StageCost Load) chain) => chain.Extract.Seconds + chain.Transform.Seconds + chain.Load.Seconds;

    private static long BytesOf(MeasuredPipeline pipeline) =>
        new[] { pipeline.Ingestion, pipeline.Processed }.Where(Directory.Exists)
            .SelectMany(bucket => Directory.EnumerateFiles(bucket, "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}.objects", StringComparison.Ordinal)))
            .Sum(file => new FileInfo(file).Length);

    private void AddPeaks(string when, StageCost extract, StageCost transform, StageCost load)
    {
        foreach (var (stage, cost) in new[] { ("Extract", extract), ("Transform", transform), ("Load", load) })
            Add(Measurement.AtMost($"{when}: peak memory of {stage}", cost.PeakMegabytes, 150, "MB"));
        Add(Measurement.AtMost($"{when}: temporary files", Math.Max(extract.TemporaryMegabytes, Math.Max(transform.TemporaryMegabytes, load.TemporaryMegabytes)), 300, "MB"));
        Add(new Measurement($"{when}: Extract", extract.Seconds, "s"));
        Add(new Measurement($"{when}: Transform", transform.Seconds, "s"));
        Add(new Measurement($"{when}: Load", load.Seconds, "s"));
    }

    private void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        say(string.Create(CultureInfo.InvariantCulture, $"  {measurement.Name}: {measurement.Value:0.00} {measurement.Unit} {measurement.Target}{(measurement.IsReached == false ? "  (missed)" : string.Empty)}"));
    }
}
