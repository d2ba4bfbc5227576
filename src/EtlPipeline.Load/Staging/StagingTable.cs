using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using Npgsql;

namespace EtlPipeline.Load.Staging;

/// <summary>
/// Copies a version into temporary tables: the good rows into <c>pg_temp.staging</c>, whose columns have the types of the target's table of
/// states; the keys of the rejected ones, as text, into <c>pg_temp.staging_rejected</c>.
/// </summary>
internal sealed partial class StagingTable(WarehouseSession session, TargetTables tables, ProcessedVersion version, TableVersion stamp, Invocation invocation)
{
    private const int SendAt = 1 << 19;

    private string Table => tables.Description.Name.Value;

    /// <summary>Copies.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read to its end, lies about what it holds, or is a chunk whose keys don't rise or lie outside of its range.</exception>
    /// <exception cref="MisfitException">A column of the table can't hold a value.</exception>
    public async Task FillAsync()
    {
        var columns = tables.Description.Columns.Select(column => Wire(Find(column.Name), tables.ColumnOf(column.Name))).ToList();
        await session.ExecuteAsync(WarehouseSession.Script("create_staging").With(("columns", Aliased("record", tables.Columns)), ("history", tables.History.Sql)));
        var keys = tables.Key.Select(Find).ToList();
        var rise = new KeyRise(tables.Description.TableKey, keys);
        if (columns.TrueForAll(column => column.CastTo is null)) await CopyAsync("staging", columns, keys, rise, areRejected: false);
        else await CopyAndCastAsync(columns, keys, rise);
        if (version.Range is { } range) CheckRange(rise, range);
        if (!rise.IsRising) await RemoveDuplicatesAsync();
        await session.ExecuteAsync($"ANALYZE pg_temp.staging (etl_ordinal, {SqlIdentifier.List(tables.Key)})");
        await FillRejectedAsync(keys);
    }

    private WireColumn Wire(ParquetColumn source, string name) => WireColumn.Create(tables.History.Name, source, tables.History.Find(name)!);

    private ParquetColumn Find(string name) =>
        version.File.Columns.FirstOrDefault(column => column.Name == name) ?? throw new DamagedParquetException($"it has no column '{name}', which its description names");

    /// <summary>What PostgreSQL reads best itself is sent as text, and cast there.</summary>
    private async Task CopyAndCastAsync(List<WireColumn> columns, List<ParquetColumn> keys, KeyRise rise)
    {
        await session.ExecuteAsync($"CREATE TEMP TABLE staging_text (etl_ordinal bigint, {string.Join(", ", columns.Select(column => $"{SqlIdentifier.Quote(column.Name)} {column.WireType}"))}) ON COMMIT DROP");
        await CopyAsync("staging_text", columns, keys, rise, areRejected: false);
        var casts = columns.Where(column => column.CastTo is { }).ToList();
        var values = columns.Select(column => column.CastTo is null ? SqlIdentifier.Quote(column.Name) : Cast(column));
        var refusal = await session.TryAsync(() => session.ExecuteAsync($"INSERT INTO pg_temp.staging (etl_ordinal, {SqlIdentifier.List(columns.Select(column => column.Name))}) SELECT etl_ordinal, {string.Join(", ", values)} FROM pg_temp.staging_text"));
        foreach (var column in casts.Where(column => refusal is { } || IsLimited(column.CastTo!)))
        {
            var isExact = false;
            var fault = await session.TryAsync(async () => isExact = await session.ReadAsync<bool>($"SELECT coalesce(bool_and({Exactly(column)}), true) FROM pg_temp.staging_text"));
            if (fault is { SqlState: not ['2', '2', ..] }) throw new MisfitException($"table '{Table}', column '{column.Name}': {fault.MessageText} ({fault.SqlState})");
            if (!isExact) throw new MisfitException($"table '{Table}', column '{column.Name}': its type {column.CastTo} can't hold a value of the file exactly");
        }

        if (refusal is { }) throw new MisfitException($"table '{Table}': a value doesn't fit its column ({refusal.SqlState})");
        await session.ExecuteAsync("DROP TABLE pg_temp.staging_text");
    }

    private static string Cast(WireColumn column) => $"CAST({SqlIdentifier.Quote(column.Name)} AS {column.CastTo})";

    /// <summary>A cast to a type of so many digits or characters rounds or cuts without a word; one to another type fails if it is evaluated.</summary>
    private static string Exactly(WireColumn column)
    {
        if (!IsLimited(column.CastTo!)) return $"octet_length({Cast(column)}::text) IS DISTINCT FROM -1";
        var unlimited = Modifier().Replace(column.CastTo!, string.Empty);
        return $"CAST({Cast(column)} AS {unlimited}) IS NOT DISTINCT FROM CAST({SqlIdentifier.Quote(column.Name)} AS {unlimited})";
    }

    private static bool IsLimited(string type) => type.Contains('(', StringComparison.Ordinal);

    private async Task FillRejectedAsync(List<ParquetColumn> keys)
    {
        await session.ExecuteAsync("CREATE TEMP TABLE staging_rejected (key text[] COLLATE \"C\" NOT NULL, reason text NOT NULL) ON COMMIT DROP");
        if (version.Metadata.Rejected == 0) return;
        var columns = keys.Select((column, i) => WireColumn.AsIs(Table, column, $"key_{i}")).Append(WireColumn.AsIs(Table, version.Rejected, "reason")).ToList();
        await session.ExecuteAsync($"CREATE TEMP TABLE staging_refused (etl_ordinal bigint, {string.Join(", ", columns.Select(column => $"{column.Name} {column.WireType}"))}) ON COMMIT DROP");
        await CopyAsync("staging_refused", columns, [], rise: null, areRejected: true);
        var names = keys.Select((_, i) => $"key_{i}").ToList();
        await session.ExecuteAsync(
            $"""
            INSERT INTO pg_temp.staging_rejected
            SELECT key, max(reason) FROM (
                SELECT CASE WHEN {string.Join(" AND ", names.Select(name => $"{name} IS NOT NULL"))} THEN ARRAY[{string.Join(", ", names.Select(name => $"{name}::text"))}]
                            ELSE ARRAY[NULL, $1, etl_ordinal::text] END COLLATE "C" AS key, reason
                FROM pg_temp.staging_refused) AS refused
            GROUP BY key
            """,
            SqlRunner.Parameter(stamp.ToString()));
    }

    /// <summary>Copies the good rows, or the rejected ones, and counts both.</summary>
    private async Task CopyAsync(string into, IReadOnlyList<WireColumn> columns, IReadOnlyList<ParquetColumn> keys, KeyRise? rise, bool areRejected)
    {
        var names = string.Join(", ", columns.Select(column => SqlIdentifier.Quote(column.Name)));
        var counted = await session.GuardAsync(async connection =>
        {
            await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY pg_temp.{into} (etl_ordinal, {names}) FROM STDIN (FORMAT binary)", invocation.CancellationToken);
            try
            {
                return await CopyAsync(stream, columns, keys, rise, areRejected);
            }
            catch (Exception exception) when (exception is DamagedParquetException or MisfitException or OperationCanceledException)
            {
                await stream.CancelAsync();
                throw;
            }
        });
        if (counted != (areRejected ? version.Metadata.Rejected : version.Metadata.Rows))
            throw new DamagedParquetException($"{counted} of its rows are {(areRejected ? "rejected" : "good")} ones, and its metadata says {version.Metadata.Rows} good and {version.Metadata.Rejected} rejected");
    }

    private async Task<long> CopyAsync(NpgsqlRawCopyStream stream, IReadOnlyList<WireColumn> columns, IReadOnlyList<ParquetColumn> keys, KeyRise? rise, bool areRejected)
    {
        var buffer = new CopyBuffer();
        buffer.WriteHeader();
        var read = columns.Select(column => column.Source).Append(version.Rejected).ToList();
        var keyAt = keys.Select(key => read.IndexOf(key)).ToArray();
        using var chunks = version.File.ReadChunks(read);
        var (ordinal, written) = (0L, 0L);
        while (chunks.Read())
        {
            written += Encode(chunks, columns, keyAt, rise, areRejected, ordinal, buffer);
            ordinal += chunks.Count;
            if (buffer.Length < SendAt) continue;
            await stream.WriteAsync(buffer.Written, invocation.CancellationToken);
            buffer.Clear();
        }

        buffer.WriteTrailer();
        await stream.WriteAsync(buffer.Written, invocation.CancellationToken);
        return written;
    }

    // The one loop that runs for each value of each row.
    private static long Encode(ParquetChunks chunks, IReadOnlyList<WireColumn> columns, int[] keyAt, KeyRise? rise, bool areRejected, long ordinal, CopyBuffer buffer)
    {
        var written = 0L;
        var reasons = chunks[columns.Count];
        for (var row = 0; row < chunks.Count; row++)
        {
            if (reasons.IsNull(row) == areRejected) continue;
            rise?.Add(chunks, keyAt, row);
            buffer.WriteRowHeader(columns.Count + 1);
            buffer.WriteInt64(ordinal + row);
            for (var column = 0; column < columns.Count; column++) columns[column].Write(chunks[column], row, buffer);
            written++;
        }

        return written;
    }

    private void CheckRange(KeyRise rise, KeyRange range)
    {
        if (!rise.IsRising) throw new DamagedParquetException("it is a chunk, and its keys don't rise");
        if (rise.First is { } first && !(range.Contains(first, tables.Description.TableKey) && range.Contains(rise.Last!, tables.Description.TableKey)))
            throw new DamagedParquetException("it is a chunk, and not all its keys lie in its range");
    }

    private Task<int> RemoveDuplicatesAsync() => session.ExecuteAsync(WarehouseSession.Script("remove_duplicates").With(
        ("key", SqlIdentifier.List(tables.Key)), ("staged_key", Aliased("staged", tables.Key)), ("newest_key", Aliased("newest", tables.Key))));

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Modifier();

    private static string Aliased(string alias, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{alias}.{SqlIdentifier.Quote(column)}"));
}
