using EtlPipeline.Load.Warehouse;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Load.Migrations;

/// <summary>Makes what is missing of the warehouse. A warehouse that a newer Load has been at is left as it is.</summary>
internal sealed class Migrator(WarehouseSession session, TimeProvider clock, ILogger logger)
{
    /// <summary>Applies the migrations that the warehouse has not had yet, all of them or none.</summary>
    public async Task MigrateAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await session.EnsureOpenAsync(cancellationToken);
        if ((await FindMissingAsync(migrations, cancellationToken)).Count == 0) return;

        await using var transaction = await session.BeginAsync(cancellationToken);
        if (!await HasTableAsync(cancellationToken)) await session.ExecuteAsync(SqlScript.Read("create_migration_table"), cancellationToken);

        // Another Load may have done it while this one waited for the lock.
        var missing = await FindMissingAsync(migrations, cancellationToken);
        foreach (var migration in missing) await ApplyAsync(migration, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var migration in missing) Log.MigrationApplied(logger, migration.Name, session.Schema);
    }

    private async Task<List<Migration>> FindMissingAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        if (!await HasTableAsync(cancellationToken)) return [.. migrations];
        var applied = await session.QueryAsync(SqlScript.Read("find_migrations"), reader => reader.GetInt32(0), cancellationToken);
        return [.. migrations.Where(migration => !applied.Contains(migration.Number))];
    }

    private async Task<bool> HasTableAsync(CancellationToken cancellationToken) =>
        (await session.QueryAsync(SqlScript.Read("find_migration_table"), reader => reader.GetBoolean(0), cancellationToken)).Single();

    private async Task ApplyAsync(Migration migration, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(migration.ReadSql(), cancellationToken);
        await session.ExecuteAsync(
            SqlScript.Read("add_migration"), cancellationToken, migration.Number, migration.Name, clock.GetUtcNow().UtcDateTime);
    }
}
