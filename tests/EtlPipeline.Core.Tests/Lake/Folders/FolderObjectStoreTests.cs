using System.Runtime.Versioning;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;
using EtlPipeline.Testing;

namespace EtlPipeline.Core.Tests.Lake.Folders;

public sealed class FolderObjectStoreTests : IDisposable
{
    private const string Key = "staff/a.json";
    private readonly TestFolder _folder = new();
    private readonly FolderObjectStore _store;

    public FolderObjectStoreTests() => _store = _folder.Bucket("lake");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_folder.Path, "lake");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_body_is_the_file_that_its_key_names()
    {
        await PutAsync(Key, "[1]");

        Assert.Equal("[1]", await File.ReadAllTextAsync(Path.Combine(Root, "staff", "a.json"), Cancellation));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, ".uploads")));
        Assert.Equal(new Uri(Root).AbsoluteUri, _store.Name);
    }

    [Fact]
    public async Task A_file_that_was_put_in_by_hand_is_an_object_without_metadata()
    {
        Drop("staff/by hand.json", "[2]");

        Assert.Equal(["staff/by hand.json"], await _store.ListAsync("staff/", null, Cancellation).ToListAsync(Cancellation));
        Assert.Empty((await _store.DescribeAsync("staff/by hand.json", Cancellation))!.Metadata);
        Assert.Equal("[2]", await ReadAsync("staff/by hand.json"));
        Assert.False(await PutAsync("staff/by hand.json", "[3]"));
        Assert.Equal("[2]", await ReadAsync("staff/by hand.json"));
    }

    [Fact]
    public async Task The_bucket_s_own_folders_are_not_listed()
    {
        await PutAsync(Key, "[1]");
        Drop(".uploads/left over", "x");

        Assert.Equal([Key], await _store.ListAsync(string.Empty, null, Cancellation).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData("../outside.json")]
    [InlineData("staff/../../outside.json")]
    [InlineData("staff/./a.json")]
    [InlineData("/etc/passwd")]
    [InlineData("staff//a.json")]
    [InlineData("staff/")]
    [InlineData(".objects/staff/a.json.entry")]
    [InlineData(".uploads/x")]
    [InlineData("staff/\0")]
    public async Task A_key_that_leads_out_of_the_bucket_or_into_its_own_folders_is_refused(string key)
    {
        var before = Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).ToList();

        var refusal = await Assert.ThrowsAsync<ObjectStoreException>(() => PutAsync(key, "x"));
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.ReplaceAsync(key, Stream.Null, Cancellation));
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.OpenAsync(key, 0, Cancellation));
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.DescribeAsync(key, Cancellation));

        Assert.Contains($"Bucket {_store.Name}, key '{key}'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("staff/../../")]
    [InlineData(".objects/")]
    public async Task A_prefix_that_leads_out_of_the_bucket_is_refused(string prefix) =>
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.ListAsync(prefix, null, Cancellation).ToListAsync(Cancellation).AsTask());

    [Fact]
    public async Task An_upload_that_was_killed_before_its_end_is_no_object()
    {
        var upload = new FolderUpload(new FolderLayout(Root), Key);
        await upload.WriteBodyAsync(Bytes("half"), Cancellation);
        await upload.WriteEntryAsync(new ObjectMetadata { { "run", "killed" } }, Cancellation);

        Assert.Null(await _store.DescribeAsync(Key, Cancellation));
        Assert.Empty(await _store.ListAsync("staff/", null, Cancellation).ToListAsync(Cancellation));
        Assert.True(await PutAsync(Key, "whole"));
        Assert.Equal("whole", await ReadAsync(Key));
    }

    [Fact]
    public async Task An_upload_that_was_killed_between_its_two_steps_is_an_object()
    {
        var upload = new FolderUpload(new FolderLayout(Root), Key);
        await upload.WriteBodyAsync(Bytes("whole"), Cancellation);
        await upload.WriteEntryAsync(new ObjectMetadata { { "run", "killed" } }, Cancellation);
        Assert.True(upload.TryPublish());

        Assert.Equal("killed", (await _store.DescribeAsync(Key, Cancellation))!.Metadata["run"]);
        Assert.Equal("whole", await ReadAsync(Key));
        Assert.Equal([Key], await _store.ListAsync("staff/", null, Cancellation).ToListAsync(Cancellation));
        Assert.False(await PutAsync(Key, "other"));
        Assert.Equal("whole", await ReadAsync(Key));
    }

    [Fact]
    public async Task The_body_of_a_published_object_is_kept_where_it_could_not_be_moved()
    {
        var upload = new FolderUpload(new FolderLayout(Root), Key);
        await upload.WriteBodyAsync(Bytes("whole"), Cancellation);
        await upload.WriteEntryAsync(ObjectMetadata.Empty, Cancellation);
        upload.TryPublish();

        upload.Clear();

        Assert.Equal("whole", await ReadAsync(Key));
    }

    [Fact]
    public async Task A_body_that_ends_in_an_error_leaves_nothing()
    {
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.PutIfAbsentAsync(Key, new BreakingStream(), ObjectMetadata.Empty, Cancellation));

        Assert.Null(await _store.DescribeAsync(Key, Cancellation));
        Assert.Empty(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_cancelled_put_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.PutIfAbsentAsync(Key, Bytes("x"), ObjectMetadata.Empty, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Upload": null, "Metadata": {}}""")]
    public async Task A_damaged_entry_is_an_error_that_names_the_key(string entry)
    {
        await PutAsync(Key, "[1]");
        Drop(".objects/staff/a.json.entry", entry);

        var refusal = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.OpenAsync(Key, 0, Cancellation));

        Assert.Contains($"key '{Key}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_whose_body_was_deleted_by_hand_is_gone_and_its_key_stays_taken()
    {
        await PutAsync(Key, "[1]");
        File.Delete(Path.Combine(Root, "staff", "a.json"));

        Assert.Null(await _store.OpenAsync(Key, 0, Cancellation));
        Assert.Null(await _store.DescribeAsync(Key, Cancellation));
        Assert.False(await PutAsync(Key, "[2]"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_can_not_be_written_is_an_error_with_the_command_and_the_settings_that_mend_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Whoever may do everything may write everywhere.");
        await PutAsync(Key, "[1]");
        File.SetUnixFileMode(Path.Combine(Root, ".uploads"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var refusal = await Assert.ThrowsAsync<ObjectStoreException>(() => PutAsync("staff/b.json", "[2]"));
        File.SetUnixFileMode(Path.Combine(Root, ".uploads"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains($"chmod -R u+w {Root}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_INGEST_BUCKET", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_where_a_file_should_be_is_an_error_and_a_file_where_a_folder_should_be_too()
    {
        Directory.CreateDirectory(Path.Combine(Root, "staff", "folder.json"));
        Drop("design", "a file");

        await Assert.ThrowsAsync<ObjectStoreException>(() => PutAsync("staff/folder.json", "x"));
        await Assert.ThrowsAsync<ObjectStoreException>(() => PutAsync("design/a.json", "x"));
        Assert.Throws<ObjectStoreException>(() => new FolderObjectStore(Path.Combine(Root, "design")));
    }

    [Fact]
    public async Task Of_two_processes_worth_of_writers_exactly_one_wins_each_of_a_thousand_races()
    {
        var other = _folder.Bucket("lake");
        for (var round = 0; round < 1000; round++)
        {
            var key = $"race/{round}.json";
            using var start = new Barrier(2);
            var wins = await Task.WhenAll(Race(_store, "first"), Race(other, "second"));
            Assert.Equal(1, wins.Count(won => won));
            Assert.Equal(wins[0] ? "first" : "second", await ReadAsync(key));

            Task<bool> Race(FolderObjectStore store, string body) => Task.Run(
                () =>
                {
                    start.SignalAndWait(Cancellation);
                    return store.PutIfAbsentAsync(key, Bytes(body), new ObjectMetadata { { "run", body } }, Cancellation);
                },
                Cancellation);
        }
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<bool> PutAsync(string key, string body) => _store.PutIfAbsentAsync(key, Bytes(body), ObjectMetadata.Empty, Cancellation);

    private async Task<string> ReadAsync(string key)
    {
        await using var stored = await _store.OpenAsync(key, 0, Cancellation);
        using var reader = new StreamReader(stored!.Body);
        return await reader.ReadToEndAsync(Cancellation);
    }

    private void Drop(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
