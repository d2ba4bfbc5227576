using System.IO.Compression;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Extract.Source;
using EtlPipeline.Extract.Source.PostgreSql;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Servers;

namespace EtlPipeline.Extract.Tests.Scenes;

/// <summary>A database and a bucket of a test's own, and Extract between them.</summary>
internal sealed class ExtractScene : IAsyncDisposable
{
    /// <summary>A table with three rows.</summary>
    public const string Items = """
        CREATE TABLE item (item_id int PRIMARY KEY, name text, last_updated timestamp(3));
        INSERT INTO item VALUES (1, 'one', '2022-11-03 14:20:52.186'), (2, 'two', '2022-11-03'), (3, 'three', '2022-11-03');
        """;

    /// <summary>Limits so small that a few rows make a segment, and a few segments a chunk; no table is small.</summary>
    public static readonly ExtractLimits Tiny = new() { SegmentRows = 10, ChunkBytes = 1000, SmallTableBytes = 0 };

    private readonly TestFolder _folder = new();
    private int _runs;

    private ExtractScene(TestDatabase database)
    {
        Database = database;
        Bucket = _folder.Bucket("ingestion");
        Oltp = database.Open(PostgreSqlSource.SessionLimits);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TestDatabase Database { get; }

    public IObjectStore Bucket { get; set; }

    public PostgreSqlDatabase Oltp { get; set; }

    public ExtractLimits Limits { get; set; } = ExtractLimits.Default;

    public IReadOnlySet<TableName> Emptied { get; set; } = new HashSet<TableName>();

    public TestLog Log { get; } = new();

    public string BucketFolder => Path.Combine(_folder.Path, "ingestion");

    public ISource Source => new PostgreSqlSource(Oltp, Log);

    public static async Task<ExtractScene> CreateAsync(string sql) => await CreateAsync(sql, await TestDatabase.CreateAsync());

    /// <summary>A scene on a server of the test's own.</summary>
    public static async Task<ExtractScene> CreateAsync(string sql, TestDatabase database)
    {
        var scene = new ExtractScene(database);
        await scene.Database.ExecuteAsync(sql);
        return scene;
    }

    /// <summary>A table <c>item</c> with as many rows as it says, whose keys are 1, 2, 3 and so on.</summary>
    public static Task<ExtractScene> CreateWithItemsAsync(int rows) => CreateAsync($"""
        CREATE TABLE item (item_id int PRIMARY KEY, name text);
        INSERT INTO item SELECT i, 'item ' || i FROM generate_series(1, {rows}) AS i;
        """);

    /// <summary>A table of items that counts as large: it gets segments of ten rows, and its changes are followed.</summary>
    public static async Task<ExtractScene> CreateFollowedAsync(int rows = 100)
    {
        var scene = await CreateWithItemsAsync(rows);
        scene.Limits = Tiny;
        return scene;
    }

    /// <summary>The same, after the first run.</summary>
    public static async Task<ExtractScene> CreateReadAsync(int rows = 100)
    {
        var scene = await CreateFollowedAsync(rows);
        await scene.RunAsync();
        return scene;
    }

    public Task<ExtractSummary> RunAsync(string tables = "item", ExtractRequest? request = null, Invocation? invocation = null) =>
        RunAsync(Source, tables, request, invocation);

    public Task<ExtractSummary> RunAsync(ISource source, string tables = "item", ExtractRequest? request = null, Invocation? invocation = null) =>
        new ExtractStage(source, Bucket, new ExtractOptions { Tables = TableList.Parse(tables), EmptiedTables = Emptied, Limits = Limits }, TimeProvider.System, Log)
            .RunAsync(request ?? ExtractRequest.Scheduled, invocation ?? Invocation.Unlimited($"run-{++_runs}", Token));

    /// <summary>An invocation whose time is up after the stage has asked for it so many times.</summary>
    public Invocation WithLooks(int looks) => new($"run-{++_runs}", () => looks-- > 0 ? TimeSpan.MaxValue : TimeSpan.Zero, Token);

    public static IReadOnlySet<TableName> Names(params string[] tables) => tables.Select(TableName.Parse).ToHashSet();

    public Task ExecuteAsync(string sql) => Database.ExecuteAsync(sql);

    /// <summary>The versions of a table, in order.</summary>
    public async Task<IReadOnlyList<StoredVersion>> VersionsAsync(string table = "item")
    {
        var keys = new List<VersionKey>();
        await foreach (var key in Bucket.ListAsync($"{table}/", null, Token))
        {
            if (VersionKey.TryParse(key, VersionKey.RowsSuffix, out var found)) keys.Add(found);
        }

        var versions = new List<StoredVersion>();
        foreach (var key in keys.OrderBy(key => key.Version)) versions.Add(await StoredVersion.ReadAsync(Bucket, key, Token));
        return versions;
    }

    public async Task<StoredVersion> NewestAsync(string table = "item") => (await VersionsAsync(table))[^1];

    /// <summary>What a warehouse would hold that has loaded all versions.</summary>
    public async Task<IReadOnlyList<string>> LoadedAsync(string table = "item")
    {
        var load = new TrivialLoad();
        foreach (var version in (await VersionsAsync(table)).Where(version => version is { Metadata: { }, Segments: { } })) load.Apply(version);
        return load.Rows;
    }

    /// <summary>Fails unless a warehouse that has loaded all versions would hold what the table holds.</summary>
    public async Task AssertRightAsync(string table = "item", string order = "item_id")
    {
        var rows = await Database.RowsAsync($"SELECT row_to_json(t)::text FROM {table} AS t ORDER BY {order}");
        Assert.Equal(rows, await LoadedAsync(table));
    }

    public async Task<string?> TextAsync(string key)
    {
        await using var stored = await Bucket.OpenAsync(key, 0, Token);
        if (stored is null) return null;
        using var reader = new StreamReader(stored.Body);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>Removes an object, as a lifecycle rule or a hand may.</summary>
    public void Remove(string key)
    {
        File.Delete(Path.Combine(BucketFolder, key));
        File.Delete(Path.Combine(BucketFolder, ".objects", key + ".entry"));
    }

    /// <summary>Puts another object in an object's place.</summary>
    public async Task ReplaceAsync(string key, ReadOnlyMemory<byte> body, ObjectMetadata metadata)
    {
        Remove(key);
        Assert.True(await Bucket.PutIfAbsentAsync(key, new MemoryStream(body.ToArray()), metadata, Token));
    }

    /// <summary>Changes the newest version's metadata, and its segments.</summary>
    public async Task TamperAsync(
        Func<VersionMetadata, VersionMetadata>? metadata = null, Func<SegmentsObject, SegmentsObject>? segments = null, string table = "item")
    {
        var version = await NewestAsync(table);
        var changed = metadata is null ? version.Metadata : metadata(version.Metadata);
        await ReplaceAsync(version.Key.Rows, version.Compressed, changed.ToObjectMetadata());
        if (segments is { }) await ReplaceAsync(version.Key.Segments, SegmentsJson.Write(segments(version.Segments)), ObjectMetadata.Empty);
    }

    /// <summary>Lets time go by: all segments of the table were read so much earlier.</summary>
    public Task AgeAsync(TimeSpan age, string table = "item") => TamperAsync(
        segments: segments => segments with { Segments = [.. segments.Segments.Select(segment => segment with { ReadAt = segment.ReadAt - age })] }, table: table);

    public async ValueTask DisposeAsync()
    {
        await Oltp.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A version as it lies in the bucket. Metadata and segments are null if they can't be read.</summary>
internal sealed record StoredVersion(VersionKey Key, VersionMetadata Metadata, SegmentsObject Segments, string Body, byte[] Compressed)
{
    /// <summary>The rows, a line each, without the commas between them.</summary>
    public IReadOnlyList<string> Rows { get; } = [.. Body.Split('\n').Select(line => line.TrimEnd(',')).Where(line => line.StartsWith('{'))];

    public static async Task<StoredVersion> ReadAsync(IObjectStore bucket, VersionKey key, CancellationToken cancellationToken)
    {
        await using var stored = (await bucket.OpenAsync(key.Rows, 0, cancellationToken))!;
        using var compressed = new MemoryStream();
        await stored.Body.CopyToAsync(compressed, cancellationToken);
        compressed.Position = 0;
        using var reader = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress));
        await using var segments = await bucket.OpenAsync(key.Segments, 0, cancellationToken);
        return new StoredVersion(
            key,
            VersionMetadata.Read(stored.Description.Metadata)!,
            segments is null ? null! : (await SegmentsJson.ReadAsync(key.Table, segments.Body, cancellationToken))!,
            await reader.ReadToEndAsync(cancellationToken),
            compressed.ToArray());
    }
}
