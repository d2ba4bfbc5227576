using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Staging;

/// <summary>
/// Copies a version into temporary tables: the good rows into <c>pg_temp.staging</c>, whose columns have the types of the target's table of
/// states; the keys of the rejected ones, as text, into <c>pg_temp.staging_rejected</c>.
/// </summary>
internal sealed partial class StagingTable
{
    // Where PostgreSQL counts from (PostgreSQL, Date/Time Types).
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly WarehouseSession _session;
    private readonly TargetTables _tables;
    private readonly ProcessedVersion _version;
    private readonly TableVersion _stamp;
    private readonly Invocation _invocation;
    private readonly List<WireColumn> _columns;

    /// <summary>Looks at how the file's columns go into the table's.</summary>
    /// <exception cref="DamagedParquetException">The file lacks one.</exception>
    /// <exception cref="MisfitException">One doesn't fit.</exception>
    public StagingTable(WarehouseSession session, TargetTables tables, ProcessedVersion version, TableVersion stamp, Invocation invocation)
    {
        (_session, _tables, _version, _stamp, _invocation) = (session, tables, version, stamp, invocation);
        _columns = [.. tables.Description.Columns.Select(Wire)];
    }

    /// <summary>What the good rows refer to, once they are copied.</summary>
    public IReadOnlyList<ReferencedKeys> References { get; private set; } = [];

    /// <summary>Whether the rows can go into the table of states as they are: the server has nothing to cast, and nothing else wants a value.</summary>
    public bool IsPlain => _columns.TrueForAll(column => column.CastTo is null)
        && !_tables.History.Columns.Any(column => column.NeedsValue && column.Name != TargetTables.ValidFrom && !_tables.Columns.Contains(column.Name));

    private string Table => _tables.Description.Name.Value;

    /// <summary>Makes the tables.</summary>
    /// <param name="references">What rows refer to.</param>
    public async Task CreateAsync(IEnumerable<Reference> references)
    {
        References = [.. references.Select(reference => new ReferencedKeys(reference, _columns.First(column => column.Name == reference.Column)))];
        await _session.ExecuteAsync(WarehouseSession.Script("create_staging").With(("columns", Aliased("record", _tables.Columns)), ("history", _tables.History.Sql)));
        await _session.ExecuteAsync("CREATE TEMP TABLE staging_rejected (key text[] COLLATE \"C\" NOT NULL, reason text NOT NULL) ON COMMIT DROP");
    }

    /// <summary>Copies the rows.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read to its end, lies about what it holds, or is a chunk whose keys don't rise or lie outside of its range.</exception>
    /// <exception cref="MisfitException">A column of the table can't hold a value.</exception>
    public async Task FillAsync()
    {
        var rise = Rise();
        if (_columns.TrueForAll(column => column.CastTo is null)) await CopyAsync("staging", rise);
        else await CopyAndCastAsync(rise);
        if (_version.Range is { } range) CheckRange(rise, range);
        if (!rise.IsRising) await RemoveDuplicatesAsync();
        await _session.ExecuteAsync($"ANALYZE pg_temp.staging (etl_ordinal, {SqlIdentifier.List(_tables.Key)})");
        await FillRejectedAsync();
    }

    /// <summary>
    /// Copies a chunk's good rows straight into the table of states, if that has no current record in its range: then nothing has to be compared, and
    /// the server writes each row once and not twice.
    /// </summary>
    /// <param name="range">The chunk's range.</param>
    /// <param name="validFrom">When its rows begin to hold.</param>
    /// <inheritdoc cref="FillAsync" path="/exception"/>
    public async Task FillHistoryAsync(KeyRange range, DateTime validFrom)
    {
        var rise = Rise();
        await new RowCopy(_tables.History.Sql, _columns)
        {
            ValidFrom = (validFrom - Epoch).Ticks / TimeSpan.TicksPerMicrosecond,
            Rise = rise,
            References = References,
            Check = () => CheckRange(rise, range),
        }.SendAsync(_session, _version, _invocation);
        await FillRejectedAsync();
    }

    private Task CopyAsync(string into, KeyRise rise) =>
        new RowCopy($"pg_temp.{into}", _columns) { Rise = rise, References = References }.SendAsync(_session, _version, _invocation);

    private KeyRise Rise() => new(_tables.Description.TableKey, [.. _tables.Key.Select(Find)]);

    private WireColumn Wire(TargetColumn column) =>
        WireColumn.Create(_tables.History.Name, Find(column.Name), _tables.History.Find(_tables.ColumnOf(column.Name))!);

    private ParquetColumn Find(string name) =>
        _version.File.Columns.FirstOrDefault(column => column.Name == name) ?? throw new DamagedParquetException($"it has no column '{name}', which its description names");

    /// <summary>What PostgreSQL reads best itself is sent as text, and cast there.</summary>
    private async Task CopyAndCastAsync(KeyRise rise)
    {
        await _session.ExecuteAsync($"CREATE TEMP TABLE staging_text (etl_ordinal bigint, {string.Join(", ", _columns.Select(column => $"{SqlIdentifier.Quote(column.Name)} {column.WireType}"))}) ON COMMIT DROP");
        await CopyAsync("staging_text", rise);
        var casts = _columns.Where(column => column.CastTo is { }).ToList();
        var values = _columns.Select(column => column.CastTo is null ? SqlIdentifier.Quote(column.Name) : Cast(column));
        var refusal = await _session.TryAsync(() => _session.ExecuteAsync($"INSERT INTO pg_temp.staging (etl_ordinal, {SqlIdentifier.List(_columns.Select(column => column.Name))}) SELECT etl_ordinal, {string.Join(", ", values)} FROM pg_temp.staging_text"));
        foreach (var column in casts.Where(column => refusal is { } || IsLimited(column.CastTo!)))
        {
            var isExact = false;
            var fault = await _session.TryAsync(async () => isExact = await _session.ReadAsync<bool>($"SELECT coalesce(bool_and({Exactly(column)}), true) FROM pg_temp.staging_text"));
            if (fault is { SqlState: not ['2', '2', ..] }) throw new MisfitException($"table '{Table}', column '{column.Name}': {fault.MessageText} ({fault.SqlState})");
            if (!isExact) throw new MisfitException($"table '{Table}', column '{column.Name}': its type {column.CastTo} can't hold a value of the file exactly");
        }

        if (refusal is { }) throw new MisfitException($"table '{Table}': a value doesn't fit its column ({refusal.SqlState})");
        await _session.ExecuteAsync("DROP TABLE pg_temp.staging_text");
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

    private async Task FillRejectedAsync()
    {
        if (_version.Metadata.Rejected == 0) return;
        var columns = _tables.Key.Select((name, i) => WireColumn.AsIs(Table, Find(name), $"key_{i}")).Append(WireColumn.AsIs(Table, _version.Rejected, "reason")).ToList();
        await _session.ExecuteAsync($"CREATE TEMP TABLE staging_refused (etl_ordinal bigint, {string.Join(", ", columns.Select(column => $"{column.Name} {column.WireType}"))}) ON COMMIT DROP");
        await new RowCopy("pg_temp.staging_refused", columns) { AreRejected = true }.SendAsync(_session, _version, _invocation);
        var names = _tables.Key.Select((_, i) => $"key_{i}").ToList();
        await _session.ExecuteAsync(
            $"""
            INSERT INTO pg_temp.staging_rejected
            SELECT key, max(reason) FROM (
                SELECT CASE WHEN {string.Join(" AND ", names.Select(name => $"{name} IS NOT NULL"))} THEN ARRAY[{string.Join(", ", names.Select(name => $"{name}::text"))}]
                            ELSE ARRAY[NULL, $1, etl_ordinal::text] END COLLATE "C" AS key, reason
                FROM pg_temp.staging_refused) AS refused
            GROUP BY key
            """,
            SqlRunner.Parameter(_stamp.ToString()));
    }

    private void CheckRange(KeyRise rise, KeyRange range)
    {
        if (!rise.IsRising) throw new DamagedParquetException("it is a chunk, and its keys don't rise");
        if (rise.First is { } first && !(range.Contains(first, _tables.Description.TableKey) && range.Contains(rise.Last!, _tables.Description.TableKey)))
            throw new DamagedParquetException("it is a chunk, and not all its keys lie in its range");
    }

    private Task<int> RemoveDuplicatesAsync() => _session.ExecuteAsync(WarehouseSession.Script("remove_duplicates").With(
        ("key", SqlIdentifier.List(_tables.Key)), ("staged_key", Aliased("staged", _tables.Key)), ("newest_key", Aliased("newest", _tables.Key))));

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Modifier();

    private static string Aliased(string alias, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{alias}.{SqlIdentifier.Quote(column)}"));
}
