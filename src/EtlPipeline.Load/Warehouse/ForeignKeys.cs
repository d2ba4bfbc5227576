using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A foreign key of a table.</summary>
internal sealed record ForeignKey(string Name, string Definition, bool IsValidated, Reference Reference);

/// <summary>
/// A fact's foreign keys. Checked row by row they cost sixteen times the rows themselves: a fact gets them when its first round is complete,
/// and versions that bring many rows take them off and put them back. Each brings the members that its rows refer to, so they are put back as
/// NOT VALID, which looks at no row; the whole table is looked at once, after the last of them.
/// </summary>
internal sealed class ForeignKeys(WarehouseSession session, TargetTables tables, ILogger logger)
{
    // From here on checking each row costs more than checking the whole table once.
    private const int MostRowsOf = 30;

    // So few are checked in no time, and nobody has to wait for the table.
    private const int FewRows = 1000;

    // Whoever reads the table shouldn't wait behind us for long.
    private const string ShortTimeout = "2s";

    private IReadOnlyList<ForeignKey> _present = [];
    private IReadOnlyList<ForeignKey> _removed = [];

    /// <summary>What the target's rows refer to: by its description, and by foreign keys that others have made.</summary>
    public IReadOnlyList<Reference> References { get; private set; } = [];

    /// <summary>Whether the server looks at each row of the fact for what it refers to.</summary>
    public bool AreChecked => tables.Description.Kind == TargetKind.Fact && _present.Count > 0;

    /// <summary>Whether <see cref="ValidateAsync"/> has something to do.</summary>
    public bool AwaitsValidation => tables.History.IsOwned && (_removed.Count > 0 || _present.Any(key => !key.IsValidated));

    /// <summary>Looks at what is there.</summary>
    public async Task FindAsync()
    {
        var table = tables.Description.Kind == TargetKind.Fact ? tables.History : tables.Members!;
        _present = await session.QueryAsync(
            WarehouseSession.Script("find_references").Text,
            reader => new ForeignKey(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), new Reference(reader.GetString(3), reader.GetString(4), reader.GetString(5))),
            SqlRunner.Parameter(table.Name));
        var described = tables.Description.Columns.Where(column => column.References is { }).ToList();
        var dimensions = await WarehouseTable.FindAsync(session, described.Select(column => column.References!.Value.Value).Distinct());
        var references = new HashSet<Reference>(_present.Select(key => key.Reference).Where(reference => tables.Columns.Contains(reference.Column)));
        foreach (var column in described)
        {
            if (dimensions.GetValueOrDefault(column.References!.Value.Value) is not { } dimension) continue;
            if (dimension.Columns.Where(candidate => candidate.IsPrimaryKey).ToList() is [var key]) references.Add(new Reference(tables.ColumnOf(column.Name), dimension.Name, key.Name));
        }

        References = [.. references];
    }

    /// <summary>Takes the foreign keys off if so many rows come that this pays.</summary>
    /// <param name="rows">The rows of this version.</param>
    /// <param name="versions">How many versions are pending, this one included; the others are taken to be as large.</param>
    public async Task RemoveForAsync(long rows, int versions)
    {
        if (tables.Description.Kind != TargetKind.Fact || _present.Count == 0 || !tables.History.IsOwned || rows <= FewRows) return;
        if (rows * versions * MostRowsOf <= await CountAsync()) return;
        var refusal = await session.TryAsync(() => session.WithoutWaitingAsync(ShortTimeout, () => AlterAsync(_present.Select(key => $"DROP CONSTRAINT {SqlIdentifier.Quote(key.Name)}"))));
        if (refusal is null) _removed = _present;
        else Log.ForeignKeysStay(logger, tables.Description.Name, refusal.SqlState);
    }

    /// <summary>Puts back what was taken off, and, once the fact's first round is complete, adds what is missing.</summary>
    public async Task AddAsync(bool isComplete)
    {
        if (tables.Description.Kind != TargetKind.Fact || !tables.History.IsOwned) return;
        if (_removed.Count > 0) await AlterAsync(_removed.Select(key => $"ADD CONSTRAINT {SqlIdentifier.Quote(key.Name)} {key.Definition} NOT VALID"));
        var missing = References.Where(reference => !_present.Any(key => key.Reference.Column == reference.Column)).ToList();
        if (!isComplete || missing.Count == 0) return;
        await TryAsync(missing, missing.Select(reference =>
            $"ADD FOREIGN KEY ({SqlIdentifier.Quote(reference.Column)}) REFERENCES {SqlIdentifier.Quote(reference.Dimension)} ({SqlIdentifier.Quote(reference.DimensionKey)})"));
    }

    /// <summary>Lets the server look at all rows for the foreign keys that were put back without.</summary>
    public Task ValidateAsync()
    {
        var keys = _present.Where(key => !key.IsValidated).ToList();
        return keys.Count == 0 ? Task.CompletedTask : TryAsync(keys.Select(key => key.Reference), keys.Select(key => $"VALIDATE CONSTRAINT {SqlIdentifier.Quote(key.Name)}"));
    }

    /// <summary>
    /// Alters the table so that the server looks at all its rows. Each version brings the members that its rows refer to; only rows that were there
    /// before the reference was, or that others have written, can lack theirs.
    /// </summary>
    private async Task TryAsync(IEnumerable<Reference> references, IEnumerable<string> actions)
    {
        var refusal = await OnceAsync();
        if (refusal is { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            await new InferredMembers(session).InsertForAllAsync(references, tables.History);
            refusal = await OnceAsync();
        }

        if (refusal is { }) Log.ForeignKeysMissing(logger, tables.Description.Name, refusal.SqlState);

        Task<PostgresException?> OnceAsync() => session.TryAsync(() => session.WithoutWaitingAsync(ShortTimeout, () => AlterAsync(actions)));
    }

    private Task<int> AlterAsync(IEnumerable<string> actions) => session.ExecuteAsync($"ALTER TABLE {tables.History.Sql} {string.Join(", ", actions)}");

    /// <summary>How many rows the fact has: as the server estimates, if it does.</summary>
    private async Task<long> CountAsync()
    {
        var estimate = await session.ReadAsync<float>("SELECT reltuples FROM pg_class WHERE relname = $1 AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())", SqlRunner.Parameter(tables.History.Name));
        return estimate >= 0 ? (long)estimate : await session.ReadAsync<long>($"SELECT count(*) FROM {tables.History.Sql}");
    }
}
