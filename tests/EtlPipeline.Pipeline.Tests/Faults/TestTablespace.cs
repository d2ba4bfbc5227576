using System.Diagnostics;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Faults;

/// <summary>A tablespace on a disk of the test's own. If the server does not run on this machine there can't be one, and the test is skipped.</summary>
internal sealed class TestTablespace : IAsyncDisposable
{
    private readonly TestDatabase _maintenance;
    private readonly string _name = $"test_{Guid.NewGuid():N}";

    private TestTablespace(TestDatabase maintenance) => _maintenance = maintenance;

    /// <summary>Makes it; it has to be disposed of after the databases that use it, and before the disk.</summary>
    public static async Task<TestTablespace> CreateAsync(SmallDisk disk)
    {
        var space = new TestTablespace(await TestDatabase.CreateAsync());
        var folder = Directory.CreateDirectory(Path.Combine(disk.Path, "tablespace")).FullName;
        using (var chown = Process.Start("chown", ["postgres", folder])) await chown.WaitForExitAsync();
        try
        {
            await space._maintenance.ExecuteAsync($"CREATE TABLESPACE {space._name} LOCATION '{folder}'");
        }
        catch (PostgresException exception)
        {
            await space._maintenance.DisposeAsync();
            Assert.Skip($"the server can't have a tablespace on this machine: {exception.MessageText}");
        }

        return space;
    }

    /// <summary>Has a database make its new tables in it.</summary>
    public Task UseForNewTablesAsync(TestDatabase database) =>
        database.ExecuteAsync($"ALTER DATABASE \"{database.Settings.Database}\" SET default_tablespace = {_name}");

    public async ValueTask DisposeAsync()
    {
        await _maintenance.ExecuteAsync($"DROP TABLESPACE {_name}");
        await _maintenance.DisposeAsync();
    }
}
