using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Resources;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load.Warehouse;

/// <summary>
/// Makes and alters the tables of Load itself. A migration is a <c>.sql</c> file of the folder Migrations, known by its name; one that was
/// released is never edited. A warehouse that a newer Load has been at is left as it is.
/// </summary>
internal sealed class Migrator(WarehouseSession session, ILogger logger)
{
    private const string Folder = "Warehouse/Migrations/";

    /// <summary>The names of all migrations, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => Path.GetFileNameWithoutExtension(name[Folder.Length..])).Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether the warehouse has had all of them.</summary>
    public async Task<bool> IsCurrentAsync() => (await FindMissingAsync()).Count == 0;

    /// <summary>Applies what the warehouse hasn't had yet, all of it or nothing. The caller holds the warehouse's lock.</summary>
    public async Task MigrateAsync()
    {
        var missing = await FindMissingAsync();
        if (missing.Count == 0) return;
        await session.InTransactionAsync(async () =>
        {
            await session.WithoutWaitingAsync("5s", () => ApplyAsync(missing));
            return true;
        });
        foreach (var migration in missing) Log.MigrationApplied(logger, migration, session.Schema);
    }

    private async Task ApplyAsync(IReadOnlyList<string> migrations)
    {
        await session.ExecuteAsync(WarehouseSession.Script("create_migration_table").Text);
        foreach (var migration in migrations)
        {
            await session.ExecuteAsync(EmbeddedText.Read(typeof(Migrator).Assembly, $"{Folder}{migration}.sql"));
            await session.ExecuteAsync("INSERT INTO etl_migration (name) VALUES ($1)", SqlRunner.Parameter(migration));
        }
    }

    private async Task<IReadOnlyList<string>> FindMissingAsync()
    {
        if ((await session.QueryAsync(WarehouseSession.Script("find_migrations").Text, reader => reader.GetString(0))).Count == 0) return All;
        var applied = await session.QueryAsync("SELECT name FROM etl_migration", reader => reader.GetString(0));
        return [.. All.Except(applied)];
    }
}
