using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Values;

namespace EtlPipeline.Targets;

/// <summary>
/// A source table carried as it is, <c>stg_{table}</c>: the source's columns with the nearest types of the warehouse, for tables that no
/// other target uses. Its columns are those of the source at one version.
/// </summary>
public sealed partial class CopyTarget : Table<SourceRow>, ITarget
{
    private const string Prefix = "stg_";
    private const string Apart = "_table";

    // Load needs room for it after a target's name.
    private const string History = "_history";

    private CopyTarget(TableName name, SegmentsObject source, [CallerFilePath] string file = "")
        : base(name.Value, TargetKind.Copy, source.Comment ?? $"The table {source.Table} of the source, as it is.", file)
    {
        Source = source.Table;
        SourceKey = [.. source.Key.Columns.Select(column => column.Name)];
        foreach (var column in source.Columns)
        {
            var isKey = SourceKey.Contains(column.Name);
            Add(Carry(column, isKey)).Comment(Explain(column, isKey));
        }
    }

    /// <inheritdoc/>
    public TableName Source { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> SourceKey { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LookUp> LookUps => [];

    private protected override TableName? SourceTable => Source;

    private protected override IReadOnlyList<string> Key => [.. SourceKey.Select(CarriedName)];

    private protected override string Mapping
    {
        get
        {
            var columns = Columns.Select(column => column.Describe()).Select(column => $"{column.Name} {column.Type}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{base.Mapping}\n{string.Join('\n', columns)}")));
        }
    }

    /// <summary>
    /// The name of a table's copy: <c>stg_{table}</c>. Beside <c>foo</c> a source often has a table <c>foo_history</c>, whose copy must not be
    /// the history of the other one's: it is <c>stg_foo_history_table</c>.
    /// </summary>
    /// <exception cref="PipelineException">It would be longer than a name can be.</exception>
    public static TableName NameOf(TableName source) => TryNameOf(source, out var name)
        ? name
        : throw new PipelineException($"Table '{source}' can't be carried: {WhyTooLong(source)}");

    /// <summary>The same; false if the name would be longer than one can be.</summary>
    public static bool TryNameOf(TableName source, out TableName name)
    {
        name = default;
        var text = $"{Prefix}{source}{(LooksMade().IsMatch(source.Value) ? Apart : string.Empty)}";
        return text.Length + History.Length <= TargetList.LongestName && TableName.TryParse(text, out name);
    }

    /// <summary>The source table that a copy's name stands for; null if it isn't a copy's name.</summary>
    public static TableName? SourceOf(TableName copy)
    {
        if (!copy.Value.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var source = copy.Value[Prefix.Length..];
        if (source.EndsWith(Apart, StringComparison.Ordinal) && LooksMade().IsMatch(source[..^Apart.Length])) source = source[..^Apart.Length];
        return TableName.TryParse(source, out var name) ? name : null;
    }

    /// <summary>Why a name that PostgreSQL allows isn't a <see cref="TableName"/>, and how its table can be carried all the same.</summary>
    public static string WhyUnnamable(string source) =>
        $"its name has more than letters, digits and _; carry a view of it: CREATE VIEW the_view AS SELECT * FROM {SqlIdentifier.Quote(source)}; AWS_TABLES_LIST=*, the_view(key_column)";

    /// <summary>Why a table's name is too long for a copy, and what can be done.</summary>
    public static string WhyTooLong(TableName source) =>
        $"'{Prefix}{source}' leaves no room for '{History}' within PostgreSQL's {TargetList.LongestName} bytes; rename it, or carry a view of it with a shorter name: AWS_TABLES_LIST=*, !{source}, the_view(key_column)";

    /// <summary>The copy of a source table.</summary>
    /// <param name="source">What lies beside the version that is to be carried.</param>
    /// <exception cref="PipelineException">The table can't be carried; the message says why.</exception>
    public static CopyTarget Of(SegmentsObject source)
    {
        var names = source.Columns.Select(column => CarriedName(column.Name)).ToList();
        var missing = source.Key.Columns.Select(column => column.Name).Except(source.Columns.Select(column => column.Name)).FirstOrDefault();
        if (missing is { }) throw new PipelineException($"Table '{source.Table}' can't be carried: its key column '{missing}' isn't one of its columns.");
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is { }) throw new PipelineException($"Table '{source.Table}' can't be carried: two of its columns would be named '{twice}'. Rename one of them.");
        var tooLong = names.Find(name => Encoding.UTF8.GetByteCount(name) > TargetList.LongestName);
        return tooLong is null
            ? new CopyTarget(NameOf(source.Table), source)
            : throw new PipelineException($"Table '{source.Table}' can't be carried: the column name '{tooLong}' is too long.");
    }

    /// <inheritdoc/>
    public TargetRows CreateRows() => new TargetRows<SourceRow>(Columns, row => row);

    /// <summary>The name in the warehouse: the source's, unless a technical column has it.</summary>
    private static string CarriedName(string column) => TargetList.TechnicalColumns.Contains(column) ? $"source_{column}" : column;

    private static ColumnType? Counterpart(SourceColumn column, bool isKey) =>
        ColumnType.TryParse(column.Type) is { } type && (type.CanBeKey || !isKey) ? type : null;

    private static Column Carry(SourceColumn column, bool isKey)
    {
        var (name, from) = (CarriedName(column.Name), column.Name);
        var key = isKey ? from : null;
        var text = isKey ? SourceText.OfKey(column.Type) : SourceText.Of(column.Type);
        var type = Counterpart(column, isKey)?.Name ?? "text";
        Column carried = type switch
        {
            "boolean" => new ValueColumn<SourceRow, bool>(name, type, Print, row => row.OptionalBoolean(from)) { SourceKey = key },
            "smallint" => new ValueColumn<SourceRow, int>(name, type, Print, row => row.OptionalSmallInt(from)) { SourceKey = key },
            "integer" => new ValueColumn<SourceRow, int>(name, type, Print, row => row.OptionalInteger(from)) { SourceKey = key },
            "bigint" => new ValueColumn<SourceRow, long>(name, type, Print, row => row.OptionalBigInt(from)) { SourceKey = key },
            "real" => new ValueColumn<SourceRow, float>(name, type, Print, row => row.OptionalReal(from)) { SourceKey = key },
            "double precision" => new ValueColumn<SourceRow, double>(name, type, Print, row => row.OptionalDoublePrecision(from)) { SourceKey = key },
            // Other dates travel as text, as timestamps do: PostgreSQL has infinite ones, and years before 1.
            "date" when isKey => new ValueColumn<SourceRow, DateOnly>(name, type, DateValue.Print, row => row.OptionalDate(from)) { SourceKey = key },
            _ when type.StartsWith("time", StringComparison.Ordinal) && !type.StartsWith("timestamp", StringComparison.Ordinal) && !type.EndsWith("[]", StringComparison.Ordinal) =>
                new ValueColumn<SourceRow, long>(name, type, TimeValue.PrintMicroseconds, row => row.OptionalTime(from)?.Ticks / TimeSpan.TicksPerMicrosecond) { SourceKey = key },
            _ when ColumnType.Parse(type).IsDecimal(out var precision, out var scale) =>
                new ValueColumn<SourceRow, decimal>(name, type, Print, row => row.OptionalNumeric(from) is { } number ? NumericValue.Check(name, number, precision, scale) : null) { SourceKey = key },
            _ => new TextColumn<SourceRow>(name, type, (row, buffer) => row.AddText(from, text, buffer)) { SourceKey = key },
        };
        return isKey ? carried : carried.Optional();
    }

    private static string? Explain(SourceColumn column, bool isKey)
    {
        var reason = Counterpart(column, isKey) is { } ? null
            : ColumnType.TryParse(column.Type) is { } ? $"Carried as text, as PostgreSQL prints it: a key can't be of the source's type {column.Type}."
            : $"Carried as text, as PostgreSQL prints it: the source's type is {column.Type}.";
        var renamed = CarriedName(column.Name) == column.Name ? null : $"The source's column {column.Name}.";
        var parts = new[] { column.Comment, renamed, reason }.Where(part => part is { });
        return parts.Any() ? string.Join(' ', parts) : null;
    }

    /// <summary>Names that Load gives to what it makes of another table.</summary>
    [GeneratedRegex("_history(_|$)|_pkey$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksMade();
}
