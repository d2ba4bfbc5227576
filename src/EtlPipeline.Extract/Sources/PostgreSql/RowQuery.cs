using EtlPipeline.Core.Rows;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>The queries that read a relation's rows.</summary>
internal sealed class RowQuery(NpgsqlConnection connection, string schema, SourceRelation relation)
{
    private const string LastUpdated = "last_updated";

    private readonly string _from = $"FROM {SqlName.Of(schema, relation.Table)}";

    public NpgsqlCommand Count() => new($"SELECT count(*) {_from}", connection);

    /// <summary>Reads nothing: it only takes the relation's lock, where LOCK TABLE can't.</summary>
    public static NpgsqlCommand Touch(NpgsqlConnection connection, string schema, Core.Lake.TableName table) =>
        new($"SELECT FROM {SqlName.Of(schema, table)} LIMIT 0", connection);

    public NpgsqlCommand Keys() => AsText(new NpgsqlCommand($"SELECT {KeyColumns()} {_from}", connection));

    public NpgsqlCommand Rows(RowFilter filter)
    {
        var command = filter is RowFilter.ChangedSince since ? Changed(since) : new NpgsqlCommand($"SELECT {Columns()} {_from}", connection);
        command.CommandText += $" ORDER BY {KeyColumns()}";
        return AsText(command);
    }

    // age() counts from one base all through a transaction, so that the two sides compare; it is negative for a row that more than 2^31
    // transactions came after.
    private NpgsqlCommand Changed(RowFilter.ChangedSince since)
    {
        var command = new NpgsqlCommand(
            $"SELECT {Columns()} {_from} WHERE age(xmin) BETWEEN 0 AND age($1::text::xid8::xid)", connection)
        {
            Parameters = { new() { Value = since.Xmin.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
        };
        if (ExtractedAt(since) is { } extractedAt)
        {
            command.CommandText += $" OR {SqlName.Of(LastUpdated)} > $2";
            command.Parameters.Add(extractedAt);
        }

        return command;
    }

    /// <summary>The moment in the type of <c>last_updated</c>; null where that column is missing or no timestamp.</summary>
    private NpgsqlParameter? ExtractedAt(RowFilter.ChangedSince since) =>
        relation.Columns.FirstOrDefault(column => column.Name.Value == LastUpdated)?.Format switch
        {
            ColumnFormat.Timestamp => new()
            {
                Value = DateTime.SpecifyKind(since.ExtractedAt.UtcDateTime, DateTimeKind.Unspecified),
                NpgsqlDbType = NpgsqlDbType.Timestamp,
            },
            ColumnFormat.TimestampWithTimeZone => new() { Value = since.ExtractedAt.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            _ => null,
        };

    private string Columns() => Join(relation.Columns.Select(column => column.Name));

    private string KeyColumns() => Join(relation.Key.Select(position => relation.Columns[position].Name));

    private static string Join(IEnumerable<ColumnName> columns) => string.Join(", ", columns.Select(column => SqlName.Of(column.Value)));

    /// <summary>The server prints the values with its types' own output functions. A cast to text would differ: it drops the blanks of a char(n).</summary>
    private static NpgsqlCommand AsText(NpgsqlCommand command)
    {
        command.AllResultTypesAreUnknown = true;
        return command;
    }
}
