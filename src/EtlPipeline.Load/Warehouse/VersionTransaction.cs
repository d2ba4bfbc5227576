using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Staging;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>What a version did to its target.</summary>
internal sealed record VersionCounts(long Inserted = 0, long Ended = 0, long Deleted = 0, long Corrections = 0);

/// <summary>A chunk would end more than half of what its range holds, and nobody but Load can say so.</summary>
internal sealed class RangeRefusedException(long gone, long all) : Exception
{
    public long Gone => gone;
    public long All => all;
}

/// <summary>Another Load has moved the target on.</summary>
internal sealed class OvertakenException : Exception;

/// <summary>Applies one version: its rows, its ledger entry and the target's state commit together.</summary>
internal sealed class VersionTransaction(WarehouseSession session, Invocation invocation, ILogger logger)
{
    /// <summary>Loads a version.</summary>
    /// <param name="state">The target's state as it was read.</param>
    /// <param name="stamp">The version.</param>
    /// <param name="version">The version's file.</param>
    /// <param name="pending">How many versions of the target are pending, this one included.</param>
    /// <returns>The new state, and what was done.</returns>
    /// <exception cref="RangeRefusedException">It has to be stepped over: <see cref="StepOverAsync"/>.</exception>
    /// <exception cref="DamagedParquetException">So has it, because of what the file holds.</exception>
    /// <exception cref="MisfitException">The target has to stop until somebody changes its table.</exception>
    /// <exception cref="OvertakenException">Another Load was faster; list again.</exception>
    public Task<(TargetState State, VersionCounts Counts)> LoadAsync(TargetState state, TableVersion stamp, ProcessedVersion version, int pending) => session.InTransactionAsync(async () =>
    {
        var next = state.After(stamp, version.Metadata, version.Description, VersionOutcome.Loaded, version.IsUntold) with { Kind = KindOf(version.Description) };
        await MoveAsync(state, next);
        var filling = await FillingAsync(state, next, stamp);
        next = next with { Filling = filling.Where(column => !(next.VerifiedThrough >= column.Value)).ToDictionary(StringComparer.Ordinal) };
        var tables = await TargetTables.FindAsync(session, version.Description);
        var foreignKeys = new ForeignKeys(session, tables, logger);
        await foreignKeys.FindAsync();
        var staging = new StagingTable(session, tables, version, stamp, invocation);
        await staging.CreateAsync(foreignKeys.References);
        var sql = new VersionSql(tables, version.Range);
        var counts = staging.IsPlain && !foreignKeys.AreChecked && await IsFirstOfItsRangeAsync(state, version, sql)
            ? await FillAsync(version, tables, sql, staging)
            : await ApplyAsync(state, version, tables, sql, staging, foreignKeys, filling.Keys, pending);
        await foreignKeys.AddAsync(isComplete: next.HistorySince is { });
        AwaitsValidation = foreignKeys.AwaitsValidation;
        await new RejectedRows(session, state.Target, stamp, next, tables, version).ReplaceAsync(state.MayEnd(version.Metadata));
        await AddEntryAsync(state.Target, stamp, version.Metadata, VersionOutcome.Loaded, counts);
        return (next, counts);
    });

    /// <summary>Whether the version has left foreign keys of its fact that the server has not looked at all rows for.</summary>
    public bool AwaitsValidation { get; private set; }

    /// <summary>Lets the server look at all rows for the foreign keys of a fact.</summary>
    public Task ValidateAsync(TargetDescription description) => session.InTransactionAsync(async () =>
    {
        var foreignKeys = new ForeignKeys(session, await TargetTables.FindAsync(session, description), logger);
        await foreignKeys.FindAsync();
        await foreignKeys.ValidateAsync();
        return true;
    });

    /// <summary>Steps over a version that can't be loaded: as good as missing.</summary>
    public Task<TargetState> StepOverAsync(TargetState state, TableVersion stamp, ParquetMetadata? metadata, VersionOutcome outcome) => session.InTransactionAsync(async () =>
    {
        var next = state.After(stamp, metadata, description: null, outcome, isUntold: false);
        await MoveAsync(state, next);
        await AddEntryAsync(state.Target, stamp, metadata, outcome, new VersionCounts());
        return next;
    });

    private static string KindOf(TargetDescription description) => description.Kind switch { TargetKind.Fact => "fact", TargetKind.Dimension => "dimension", _ => "copy" };

    private async Task MoveAsync(TargetState state, TargetState next)
    {
        if (!await state.TryMoveAsync(session, next)) throw new OvertakenException();
    }

    /// <summary>
    /// Makes what the description asks for, if it is a new one, and says which columns are being filled. The version that completes the round
    /// still fills them.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, TableVersion>> FillingAsync(TargetState state, TargetState next, TableVersion stamp)
    {
        var isNew = state.Description is null || !state.Description.ToJson().Span.SequenceEqual(next.Description!.ToJson().Span);
        var added = isNew ? await new TableMaker(session, next.Description!, state.Description, logger).MakeAsync() : [];
        var filling = state.Filling.Concat(added.Select(column => KeyValuePair.Create(column, stamp))).DistinctBy(column => column.Key).ToDictionary(StringComparer.Ordinal);
        var left = filling.Where(column => !(next.VerifiedThrough >= column.Value)).ToList();
        if (added.Count > 0 || left.Count != state.Filling.Count)
        {
            await session.ExecuteAsync(
                WarehouseSession.Script("set_filling").Text, SqlRunner.Parameter(state.Target.Value),
                SqlRunner.Parameter(left.Select(column => column.Key).ToArray()), SqlRunner.Parameter(left.Select(column => column.Value.ToString()).ToArray()));
        }

        return filling;
    }

    /// <summary>
    /// Whether a chunk's rows are all new: nothing in its range is current, and no list of rejected rows depends on what was. So it is in a
    /// first round, which is most of what a warehouse ever loads.
    /// </summary>
    private async Task<bool> IsFirstOfItsRangeAsync(TargetState state, ProcessedVersion version, VersionSql sql) =>
        version.Range is { } && state.MayEnd(version.Metadata) && !CountsCorrections(state, version.Metadata)
        && await session.ReadAsync<bool>(sql["is_range_empty"], sql.Parameters(TargetState.Text(null)));

    private static bool CountsCorrections(TargetState state, ParquetMetadata metadata) =>
        metadata is { Kind: VersionKind.Chunk, Reason: VersionReason.Round } && state.Before(metadata).IsVerified;

    // Nothing checks references yet, so that members may come after the rows that refer to them.
    private async Task<VersionCounts> FillAsync(ProcessedVersion version, TargetTables tables, VersionSql sql, StagingTable staging)
    {
        await staging.FillHistoryAsync(version.Range!, version.Metadata.RunStamp.Instant.UtcDateTime);
        await new InferredMembers(session).InsertAsync(staging.References);
        if (tables.Members is { } members) await MergeAsync(sql, tables, members, $"(SELECT record.* FROM {tables.History.Sql} AS record WHERE record.valid_to IS NULL {sql.RecordInRange}) AS staged");
        return new VersionCounts(Inserted: version.Metadata.Rows);
    }

    // The order matters: what is gone is ended before anything is compared, members are there before rows refer to them.
    private async Task<VersionCounts> ApplyAsync(
        TargetState state, ProcessedVersion version, TargetTables tables, VersionSql sql, StagingTable staging, ForeignKeys foreignKeys, IEnumerable<string> filling, int pending)
    {
        var metadata = version.Metadata;
        var run = metadata.RunStamp.Instant.UtcDateTime;
        var mayEnd = version.Range is { } && state.MayEnd(metadata);
        await staging.FillAsync();
        await session.ExecuteAsync($"CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT {VersionSql.Aliased("record", tables.Key)} FROM {tables.History.Sql} AS record WITH NO DATA");
        if (mayEnd && !metadata.IsAccepted && (metadata.Reason == VersionReason.First || !state.Before(metadata).IsCounted)) await CheckRangeAsync(sql);
        long deleted = mayEnd ? await session.ExecuteAsync(sql["end_range"], sql.Parameters(SqlRunner.Parameter(run))) : 0;
        await FillColumnsAsync(sql, tables, filling);
        await session.ExecuteAsync(sql["find_changed"], sql.Parameters(TargetState.Text(null)));
        var (changed, superseded) = (await session.QueryAsync("SELECT count(*), count(record_id) FROM pg_temp.changed", reader => (reader.GetInt64(0), reader.GetInt64(1))))[0];
        var corrections = CountsCorrections(state, metadata) && changed + deleted > 0 ? await session.ReadAsync<long>(sql["count_corrections"], SqlRunner.Parameter(state.Target.Value)) : 0;
        if (changed > 0) await new InferredMembers(session).InsertAsync(staging.References);
        await foreignKeys.RemoveForAsync(changed, pending);
        var ended = superseded == 0 ? 0 : await session.ExecuteAsync(sql["end_changed"], sql.Parameters(SqlRunner.Parameter(run)));
        var inserted = changed == 0 ? 0 : await InsertAsync(sql, tables, run, areAll: changed == metadata.Rows);
        if (tables.IsCopy) await session.ExecuteAsync(sql.With("delete_members", ("members", tables.Members!.Sql)));
        if (tables.Members is { } members) await MergeAsync(sql, tables, members, "pg_temp.staging AS staged");
        return new VersionCounts(inserted, ended, deleted, corrections);
    }

    private async Task CheckRangeAsync(VersionSql sql)
    {
        var (all, gone) = (await session.QueryAsync(sql["count_range"], reader => (reader.GetInt64(0), reader.GetInt64(1)), sql.Parameters(TargetState.Text(null))))[0];
        if (gone * 2 > all) throw new RangeRefusedException(gone, all);
    }

    private async Task FillColumnsAsync(VersionSql sql, TargetTables tables, IEnumerable<string> filling)
    {
        var filled = tables.Columns.Intersect(filling).ToList();
        if (filled.Count == 0) return;
        var kept = tables.Columns.Except(filled).ToList();
        await session.ExecuteAsync(
            sql.With("fill_columns",
                ("filled", SqlIdentifier.List(filled)), ("record_filled", VersionSql.Aliased("record", filled)), ("staged_filled", VersionSql.Aliased("staged", filled)),
                ("record_kept", VersionSql.Aliased("record", kept)), ("staged_kept", VersionSql.Aliased("staged", kept))),
            sql.Parameters(TargetState.Text(null)));
    }

    private Task<int> InsertAsync(VersionSql sql, TargetTables tables, DateTime run, bool areAll)
    {
        var required = tables.History.Columns
            .Where(column => column.NeedsValue && column.Name != TargetTables.ValidFrom && !tables.Columns.Contains(column.Name)).ToList();
        return session.ExecuteAsync(
            sql.With("insert_changed",
                ("changed", areAll ? "pg_temp.staging AS staged" : "pg_temp.changed JOIN pg_temp.staging AS staged USING (etl_ordinal) ORDER BY etl_ordinal"),
                ("inserted", SqlIdentifier.List(tables.Columns.Concat(required.Select(column => column.Name)))),
                ("inserted_values", string.Join(", ", tables.Columns.Select(column => $"staged.{SqlIdentifier.Quote(column)}").Concat(required.Select(column => column.Unknown))))),
            SqlRunner.Parameter(run));
    }

    private async Task MergeAsync(VersionSql sql, TargetTables tables, WarehouseTable members, string from)
    {
        var columns = tables.Columns.Select(column => members.Find(column) ?? throw new MisfitException($"table '{members.Name}', column '{column}': the table lacks it")).ToList();
        var required = members.Columns.Where(column => column.NeedsValue && !tables.Columns.Contains(column.Name)).ToList();
        await session.ExecuteAsync(
            sql.With("merge_members",
                ("members", members.Sql), ("from", from),
                ("inserted", SqlIdentifier.List(columns.Concat(required).Select(column => column.Name))),
                ("inserted_values", string.Join(", ", columns.Select(column => ValueOf(tables, column)).Concat(required.Select(column => column.Unknown))))),
            sql.Parameters(TargetState.Text(null)));
    }

    private static string ValueOf(TargetTables tables, WarehouseColumn column)
    {
        var staged = $"staged.{SqlIdentifier.Quote(column.Name)}";
        return column.BaseType == "enum" && tables.History.Find(column.Name)!.Type != column.Type ? $"CAST({staged} AS {column.Type})" : staged;
    }

    private Task<int> AddEntryAsync(TableName target, TableVersion version, ParquetMetadata? metadata, VersionOutcome outcome, VersionCounts counts) => session.ExecuteAsync(
        WarehouseSession.Script("add_ledger_entry").Text,
        SqlRunner.Parameter(target.Value), SqlRunner.Parameter(version.ToString()), TargetState.Text(metadata?.Previous?.ToString()), Moment(metadata?.RunStamp.Instant),
        TargetState.Text(metadata?.RunStamp.ToString()), TargetState.Text(metadata?.Kind.ToText()), TargetState.Text(metadata?.Reason.ToText()),
        SqlRunner.Parameter(OutcomeText(outcome)), SqlRunner.Parameter(metadata?.Rows ?? 0), SqlRunner.Parameter(counts.Inserted), SqlRunner.Parameter(counts.Ended),
        SqlRunner.Parameter(counts.Deleted), SqlRunner.Parameter(metadata?.Rejected ?? 0), SqlRunner.Parameter(counts.Corrections), SqlRunner.Parameter(metadata?.IsComplete ?? false),
        TargetState.Text(metadata?.OldestRead?.ToString()), Moment(metadata?.ExtractedAt), SqlRunner.Parameter(invocation.RequestId));

    private static string OutcomeText(VersionOutcome outcome) => outcome switch
    {
        VersionOutcome.Loaded => "loaded",
        VersionOutcome.Unreadable => "unreadable",
        VersionOutcome.Damaged => "damaged",
        _ => "skipped",
    };

    private static NpgsqlParameter Moment(DateTimeOffset? moment) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = moment is { } known ? known.UtcDateTime : DBNull.Value };
}
