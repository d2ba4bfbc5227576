using DuckDB.NET.Data;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using NpgsqlTypes;

namespace EtlPipeline.Load.Staging;

/// <summary>
/// Which types of a file go into which types of the warehouse without a change to any value. Dates and times travel as the numbers that
/// PostgreSQL keeps them as (days and microseconds, from 2000-01-01 on), so that no calendar type of ours sets a limit of its own.
/// </summary>
internal static class ColumnTypes
{
    // The .NET type decimal holds every number of so many digits.
    private const int DecimalDigits = 28;

    private const long MicrosecondsFrom1970To2000 = 946_684_800_000_000;

    /// <summary>The way, or null where there is none.</summary>
    public static ColumnCopy? Find(ParquetColumn source, TargetColumn target) => source.Type switch
    {
        "BOOLEAN" => Boolean(source.Identifier, target),
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => Integer(source.Identifier, target),
        "FLOAT" or "DOUBLE" => Real(source, target),
        "VARCHAR" => Text(source.Identifier, target),
        "DATE" => Date(source.Identifier, target),
        "TIME" => Time(source.Identifier, target),
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => Timestamp(source, target),
        _ => Number(source, target),
    };

    private static ColumnCopy<bool>? Boolean(string column, TargetColumn target) =>
        target.Type == "boolean" ? new(column, NpgsqlDbType.Boolean, (reader, field) => reader.GetBoolean(field)) : null;

    private static ColumnCopy? Integer(string column, TargetColumn target)
    {
        var number = $"CAST({column} AS BIGINT)";
        return target.Type switch
        {
            "smallint" => new ColumnCopy<short>(number, NpgsqlDbType.Smallint, (reader, field) => checked((short)reader.GetInt64(field))),
            "integer" => new ColumnCopy<int>(number, NpgsqlDbType.Integer, (reader, field) => checked((int)reader.GetInt64(field))),
            "bigint" => new ColumnCopy<long>(number, NpgsqlDbType.Bigint, (reader, field) => reader.GetInt64(field)),
            "numeric" => new ColumnCopy<decimal>(number, NpgsqlDbType.Numeric, (reader, field) => reader.GetInt64(field)),
            _ => null,
        };
    }

    private static ColumnCopy? Real(ParquetColumn source, TargetColumn target) => (source.Type, target.Type) switch
    {
        ("FLOAT", "real") => new ColumnCopy<float>(source.Identifier, NpgsqlDbType.Real, (reader, field) => reader.GetFloat(field)),
        (_, "double precision") => new ColumnCopy<double>(
            $"CAST({source.Identifier} AS DOUBLE)", NpgsqlDbType.Double, (reader, field) => reader.GetDouble(field)),
        _ => null,
    };

    /// <summary>An enum and the like (<c>USER-DEFINED</c>) have the binary form of a text, which the server checks.</summary>
    private static ColumnCopy<string>? Text(string column, TargetColumn target) =>
        target.Type is "text" or "character varying" or "character" or "USER-DEFINED"
            ? new(column, NpgsqlDbType.Text, (reader, field) => reader.GetString(field))
            : null;

    private static ColumnCopy<int>? Date(string column, TargetColumn target) => target.Type == "date"
        ? new($"{column} - DATE '2000-01-01'", NpgsqlDbType.Date, (reader, field) => checked((int)reader.GetInt64(field)))
        : null;

    private static ColumnCopy<long>? Time(string column, TargetColumn target)
    {
        if (target.Type != "time without time zone") return null;
        var unit = Unit(target);
        return new($"epoch_us({column})", NpgsqlDbType.Time, (reader, field) => WholeUnits(reader.GetInt64(field), unit));
    }

    private static ColumnCopy<long>? Timestamp(ParquetColumn source, TargetColumn target)
    {
        if (!$"{source.Type} WITHOUT TIME ZONE".StartsWith(target.Type, StringComparison.OrdinalIgnoreCase)) return null;
        var type = target.Type == "timestamp with time zone" ? NpgsqlDbType.TimestampTz : NpgsqlDbType.Timestamp;
        var unit = Unit(target);
        return new(
            $"epoch_us({source.Identifier})", type,
            (reader, field) => checked(WholeUnits(reader.GetInt64(field), unit) - MicrosecondsFrom1970To2000));
    }

    private static ColumnCopy<decimal>? Number(ParquetColumn source, TargetColumn target)
    {
        if (target.Type != "numeric" || source.Decimal is not { Precision: <= DecimalDigits } digits) return null;
        return digits.Scale <= (target.Scale ?? int.MaxValue)
            ? new(source.Identifier, NpgsqlDbType.Numeric, (reader, field) => reader.GetDecimal(field))
            : new(source.Identifier, NpgsqlDbType.Numeric, (reader, field) => WholeDigits(reader.GetDecimal(field), target.Scale!.Value));
    }

    private static long Unit(TargetColumn target) => (long)Math.Pow(10, 6 - (target.Scale ?? 6));

    // The server would round what its column can't hold; a number that was rounded is a wrong number.
    private static long WholeUnits(long microseconds, long unit) => microseconds % unit == 0 ? microseconds : throw new OverflowException();

    private static decimal WholeDigits(decimal number, int scale) =>
        scale < 0 || decimal.Round(number, Math.Min(scale, DecimalDigits)) != number ? throw new OverflowException() : number;
}
