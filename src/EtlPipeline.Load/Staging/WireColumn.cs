using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Staging;

/// <summary>How the values of one column go from a Parquet file into a binary COPY, without a change to any of them.</summary>
internal sealed partial class WireColumn
{
    private const int DaysFrom1970To2000 = 10_957;

    // What the numerics' digits have room for once the point lies between two of them.
    private const int MostDigits = 35;

    private readonly string _table;
    private readonly ParquetColumn _source;
    private readonly ValueForm _form;
    private readonly int _scale;
    private readonly int? _length;

    private WireColumn(string table, ParquetColumn source, string name, string wireType, ValueForm form, string? castTo, int? length)
    {
        (_table, _source, Name, WireType, _form, CastTo, _length) = (table, source, name, wireType, form, castTo, length);
        _scale = source.Decimal?.Scale ?? 0;
    }

    private enum ValueForm
    {
        Boolean,
        Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32,
        Decimal16, Decimal32, Decimal64, Decimal128,
        Single,
        Double,
        Date,
        Time,
        Text,
    }

    /// <summary>The column of the file.</summary>
    public ParquetColumn Source => _source;

    /// <summary>The column of the staging table.</summary>
    public string Name { get; }

    /// <summary>The type in which it is sent.</summary>
    public string WireType { get; }

    /// <summary>The type that the server has to cast it to; null if it is sent in its own.</summary>
    public string? CastTo { get; }

    /// <summary>Whether its values are integers, or days.</summary>
    public bool IsNumber => IsInteger(_form) || IsDate;

    /// <summary>Whether its values are days.</summary>
    public bool IsDate => _form == ValueForm.Date;

    /// <summary>How a column goes into a column of the warehouse.</summary>
    /// <exception cref="MisfitException">There is no way that changes nothing.</exception>
    public static WireColumn Create(string table, ParquetColumn source, WarehouseColumn target)
    {
        if (target.IsGenerated) throw new MisfitException($"table '{table}', column '{target.Name}': the warehouse makes its values, and the file has it too");
        var form = FormOf(source) ?? throw Misfit(table, source, target);
        var wire = source.Decimal is { } digits && HasRoomFor(digits, target.Type) ? (Type: target.Type, IsCast: false) : WireTypeOf(form, target.Type);
        return wire.IsCast && !CanCast(form, target.BaseType)
            ? throw Misfit(table, source, target)
            : new WireColumn(table, source, target.Name, wire.Type, form, wire.IsCast ? target.Type : null, form == ValueForm.Text && !wire.IsCast ? LengthOf(target.Type) : null);
    }

    /// <summary>A column that goes as it is.</summary>
    public static WireColumn AsIs(string table, ParquetColumn source, string name)
    {
        var form = FormOf(source) ?? throw new MisfitException($"table '{table}', column '{name}': {source.Type} isn't a type that Load reads");
        return new WireColumn(table, source, name, NaturalType(form), form, castTo: null, length: null);
    }

    /// <summary>Writes the value of a row.</summary>
    /// <exception cref="MisfitException">The column's type can't hold it.</exception>
    public void Write(in ParquetVector vector, int row, CopyBuffer buffer)
    {
        if (vector.IsNull(row))
        {
            buffer.WriteNull();
            return;
        }

        switch (_form)
        {
            case ValueForm.Boolean: buffer.WriteBoolean(vector.Value<bool>(row)); break;
            case ValueForm.Int8: WriteInteger(vector.Value<sbyte>(row), buffer); break;
            case ValueForm.Int16: WriteInteger(vector.Value<short>(row), buffer); break;
            case ValueForm.Int32: WriteInteger(vector.Value<int>(row), buffer); break;
            case ValueForm.Int64: WriteInteger(vector.Value<long>(row), buffer); break;
            case ValueForm.UInt8: WriteInteger(vector.Value<byte>(row), buffer); break;
            case ValueForm.UInt16: WriteInteger(vector.Value<ushort>(row), buffer); break;
            case ValueForm.UInt32: WriteInteger(vector.Value<uint>(row), buffer); break;
            case ValueForm.Decimal16: buffer.WriteNumeric(vector.Value<short>(row), _scale); break;
            case ValueForm.Decimal32: buffer.WriteNumeric(vector.Value<int>(row), _scale); break;
            case ValueForm.Decimal64: buffer.WriteNumeric(vector.Value<long>(row), _scale); break;
            case ValueForm.Decimal128: buffer.WriteNumeric(vector.Value<Int128>(row), _scale); break;
            case ValueForm.Single when WireType == "real": buffer.WriteSingle(vector.Value<float>(row)); break;
            case ValueForm.Single: buffer.WriteDouble(vector.Value<float>(row)); break;
            case ValueForm.Double: buffer.WriteDouble(vector.Value<double>(row)); break;
            case ValueForm.Date: buffer.WriteInt32(checked(vector.Value<int>(row) - DaysFrom1970To2000)); break;
            case ValueForm.Time: buffer.WriteInt64(vector.Value<long>(row)); break;
            default: WriteText(vector.Text(row), buffer); break;
        }
    }

    /// <summary>The value of a row that has one, of a column of integers; of a day, how many lie between 1970 and it.</summary>
    public long NumberOf(in ParquetVector vector, int row) => _form switch
    {
        ValueForm.Int8 => vector.Value<sbyte>(row),
        ValueForm.Int16 => vector.Value<short>(row),
        ValueForm.Int64 => vector.Value<long>(row),
        ValueForm.UInt8 => vector.Value<byte>(row),
        ValueForm.UInt16 => vector.Value<ushort>(row),
        ValueForm.UInt32 => vector.Value<uint>(row),
        _ => vector.Value<int>(row),
    };

    /// <summary>The value of a row that has one, as PostgreSQL reads it.</summary>
    public string TextOf(in ParquetVector vector, int row) => _form switch
    {
        ValueForm.Text => Encoding.UTF8.GetString(vector.Text(row)),
        ValueForm.Boolean => vector.Value<bool>(row) ? "true" : "false",
        ValueForm.Decimal16 => Decimal(vector.Value<short>(row)),
        ValueForm.Decimal32 => Decimal(vector.Value<int>(row)),
        ValueForm.Decimal64 => Decimal(vector.Value<long>(row)),
        ValueForm.Decimal128 => Decimal(vector.Value<Int128>(row)),
        ValueForm.Single => vector.Value<float>(row).ToString("R", CultureInfo.InvariantCulture),
        ValueForm.Double => vector.Value<double>(row).ToString("R", CultureInfo.InvariantCulture),
        ValueForm.Time => Time(TimeSpan.FromMicroseconds(vector.Value<long>(row))),
        _ => NumberOf(vector, row).ToString(CultureInfo.InvariantCulture),
    };

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $@"{(int)time.TotalHours}:{time:mm\:ss\.ffffff}");

    private string Decimal(Int128 unscaled) => string.Create(CultureInfo.InvariantCulture, $"{unscaled}e-{_scale}");

    private void WriteInteger(long value, CopyBuffer buffer)
    {
        switch (WireType)
        {
            case "smallint" when value is >= short.MinValue and <= short.MaxValue: buffer.WriteInt16((short)value); break;
            case "integer" when value is >= int.MinValue and <= int.MaxValue: buffer.WriteInt32((int)value); break;
            case "bigint": buffer.WriteInt64(value); break;
            default: throw TooLarge();
        }
    }

    private void WriteText(ReadOnlySpan<byte> text, CopyBuffer buffer)
    {
        // PostgreSQL would cut blanks off that are too many.
        if (_length < text.Length && Encoding.UTF8.GetCharCount(text) > _length && CodePoints(text) > _length) throw TooLarge();
        buffer.WriteText(text);
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var unit in text) if ((unit & 0xC0) != 0x80) count++;
        return count;
    }

    private MisfitException TooLarge() => new($"table '{_table}', column '{Name}': its type can't hold a value of the file");

    private static ValueForm? FormOf(ParquetColumn column) => column.Type switch
    {
        "BOOLEAN" => ValueForm.Boolean,
        "TINYINT" => ValueForm.Int8,
        "SMALLINT" => ValueForm.Int16,
        "INTEGER" => ValueForm.Int32,
        "BIGINT" => ValueForm.Int64,
        "UTINYINT" => ValueForm.UInt8,
        "USMALLINT" => ValueForm.UInt16,
        "UINTEGER" => ValueForm.UInt32,
        "FLOAT" => ValueForm.Single,
        "DOUBLE" => ValueForm.Double,
        "DATE" => ValueForm.Date,
        "TIME" => ValueForm.Time,
        "VARCHAR" => ValueForm.Text,
        _ => column.Decimal?.Precision switch
        {
            null or > MostDigits => null,
            <= 4 => ValueForm.Decimal16,
            <= 9 => ValueForm.Decimal32,
            <= 18 => ValueForm.Decimal64,
            _ => ValueForm.Decimal128,
        },
    };

    private static string NaturalType(ValueForm form) => form switch
    {
        ValueForm.Boolean => "boolean",
        ValueForm.Int8 or ValueForm.Int16 or ValueForm.UInt8 or ValueForm.Int32 or ValueForm.UInt16 => "integer",
        ValueForm.Int64 or ValueForm.UInt32 => "bigint",
        ValueForm.Single => "real",
        ValueForm.Double => "double precision",
        ValueForm.Date => "date",
        ValueForm.Time => "time without time zone",
        ValueForm.Text => "text",
        _ => "numeric",
    };

    private static bool IsInteger(ValueForm form) => form is >= ValueForm.Int8 and <= ValueForm.UInt32;

    private static (string Type, bool IsCast) WireTypeOf(ValueForm form, string target)
    {
        var natural = NaturalType(form);
        if (natural == target || (IsInteger(form) && target is "smallint" or "integer" or "bigint")) return (target, false);
        if (form == ValueForm.Single && target == "double precision") return (target, false);
        return form == ValueForm.Text && target.StartsWith("character varying", StringComparison.Ordinal) && !target.EndsWith("[]", StringComparison.Ordinal) ? (target, false) : (natural, true);
    }

    /// <summary>Whether a numeric of so many digits takes every one of the file's without rounding.</summary>
    private static bool HasRoomFor((int Precision, int Scale) digits, string target)
    {
        if (Digits().Match(target) is not { Success: true } match) return false;
        var (precision, scale) = (Number(match.Groups[1]), Number(match.Groups[2]));
        return digits.Scale <= scale && digits.Precision - digits.Scale <= precision - scale;

        static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^numeric\(([0-9]+),([0-9]+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    /// <summary>Text goes into everything, since that is how everything without a form of its own travels.</summary>
    private static bool CanCast(ValueForm form, string target) => form switch
    {
        ValueForm.Text => true,
        ValueForm.Time => target.StartsWith("time(", StringComparison.Ordinal),
        _ => (IsInteger(form) || form is >= ValueForm.Decimal16 and <= ValueForm.Decimal128) && target.StartsWith("numeric", StringComparison.Ordinal),
    };

    private static int? LengthOf(string type) =>
        type.IndexOf('(', StringComparison.Ordinal) is > 0 and var open ? int.Parse(type[(open + 1)..type.IndexOf(')', StringComparison.Ordinal)], CultureInfo.InvariantCulture) : null;

    private static MisfitException Misfit(string table, ParquetColumn source, WarehouseColumn target) => new(
        $"table '{table}', column '{target.Name}': it is {target.Type} in the warehouse and {source.Type} in the file, which doesn't fit");
}
