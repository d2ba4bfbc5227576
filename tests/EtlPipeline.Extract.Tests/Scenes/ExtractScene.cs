using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Sources.PostgreSql;
using EtlPipeline.Testing;

namespace EtlPipeline.Extract.Tests.Scenes;

/// <summary>A database and a bucket of a test's own, and Extract between them.</summary>
internal sealed class ExtractScene : IAsyncDisposable
{
    /// <summary>A table with three rows that were last updated a long time ago.</summary>
    public const string Items = """
        CREATE TABLE item (item_id int PRIMARY KEY, name text, last_updated timestamp(3));
        INSERT INTO item VALUES (1, 'one', '2022-11-03 14:20:52.186'), (2, 'two', '2022-11-03'), (3, 'three', '2022-11-03');
        """;

    private readonly TestFolder _folder = new();
    private int _runs;

    private ExtractScene(TestDatabase database)
    {
        Database = database;
        Bucket = _folder.Bucket("ingestion");
        Oltp = database.Open(PostgreSqlSource.SessionLimits with { LockTimeout = TimeSpan.FromMilliseconds(200) });
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TestDatabase Database { get; }

    public IObjectStore Bucket { get; set; }

    public PostgreSqlDatabase Oltp { get; set; }

    public TestLog Log { get; } = new();

    public string BucketFolder => System.IO.Path.Combine(_folder.Path, "ingestion");

    public static async Task<ExtractScene> CreateAsync(string sql)
    {
        var scene = new ExtractScene(await TestDatabase.CreateAsync());
        await scene.Database.ExecuteAsync(sql);
        return scene;
    }

    public Task<ExtractSummary> RunAsync(string tables = "item", ExtractRequest? request = null, string? requestId = null) =>
        RunAsync(new PostgreSqlSource(Oltp, Log), tables, request, requestId);

    public Task<ExtractSummary> RunAsync(ISource source, string tables = "item", ExtractRequest? request = null, string? requestId = null) =>
        new ExtractStage(source, Bucket, TableList.Parse(tables), TimeProvider.System, Log)
            .RunAsync(request ?? ExtractRequest.Scheduled, requestId ?? $"run-{++_runs}", Token);

    public Task ExecuteAsync(string sql) => Database.ExecuteAsync(sql);

    public async Task<IReadOnlyList<VersionKey>> KeysAsync(string table = "item")
    {
        var keys = new List<VersionKey>();
        await foreach (var key in Bucket.ListAsync($"{table}/", null, Token))
        {
            if (VersionKey.TryParse(key, ObjectForm.Rows, out var found)) keys.Add(found);
        }

        return [.. keys.OrderBy(key => key.Version)];
    }

    public async Task<StoredVersion> NewestAsync(string table = "item")
    {
        var key = (await KeysAsync(table))[^1];
        await using var stored = (await Bucket.OpenAsync(key.Rows, 0, Token))!;
        using var reader = new StreamReader(stored.Body);
        return new StoredVersion(key, IngestionMetadata.Read(stored.Description.Metadata)!, await reader.ReadToEndAsync(Token));
    }

    public async Task<string?> TextAsync(string key)
    {
        await using var stored = await Bucket.OpenAsync(key, 0, Token);
        if (stored is null) return null;
        using var reader = new StreamReader(stored.Body);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>Puts another object in the newest version's place.</summary>
    public async Task TamperAsync(Func<StoredVersion, (string Body, ObjectMetadata Metadata)> change, string table = "item")
    {
        var version = await NewestAsync(table);
        var (body, metadata) = change(version);
        File.Delete(System.IO.Path.Combine(BucketFolder, version.Key.Rows));
        File.Delete(System.IO.Path.Combine(BucketFolder, ".objects", version.Key.Rows + ".entry"));
        Assert.True(await Bucket.PutIfAbsentAsync(version.Key.Rows, new MemoryStream(Encoding.UTF8.GetBytes(body)), metadata, Token));
    }

    /// <summary>Changes the newest version's metadata alone.</summary>
    public Task TamperMetadataAsync(Func<IngestionMetadata, IngestionMetadata> change) =>
        TamperAsync(version => (version.Body, change(version.Metadata).ToObjectMetadata()));

    /// <summary>Changes the newest version's body alone.</summary>
    public Task TamperBodyAsync(Func<string, string> change, string table = "item") =>
        TamperAsync(version => (change(version.Body), version.Metadata.ToObjectMetadata()), table);

    public async ValueTask DisposeAsync()
    {
        await Oltp.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}
