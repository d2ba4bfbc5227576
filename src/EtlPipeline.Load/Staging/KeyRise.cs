using System.Globalization;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Parquet;

namespace EtlPipeline.Load.Staging;

/// <summary>
/// Watches the keys of the rows as they go by: if each is greater than the one before, no two are alike, and only the first and the last one
/// have to be compared with a range.
/// </summary>
internal sealed class KeyRise(TableKey key, IReadOnlyList<ParquetColumn> columns)
{
    private readonly long[] _numbers = new long[key.Columns.Count];
    private readonly byte[][] _texts = [.. key.Columns.Select(_ => Array.Empty<byte>())];

    /// <summary>The key's columns, in its order.</summary>
    public IReadOnlyList<ParquetColumn> Columns => columns;

    /// <summary>Whether each key was greater than the one before.</summary>
    public bool IsRising { get; private set; } = true;

    /// <summary>The first key; null if there was none.</summary>
    public RowKey? First { get; private set; }

    /// <summary>The last key; null if there was none.</summary>
    public RowKey? Last => First is null ? null : Current();

    /// <summary>Looks at the key of a row.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="at">Which of the chunk's columns are the key's, in its order.</param>
    /// <param name="row">Which row.</param>
    /// <exception cref="DamagedParquetException">A part of the key is null.</exception>
    public void Add(ParquetChunks chunk, ReadOnlySpan<int> at, int row)
    {
        var order = First is null ? 1 : 0;
        for (var i = 0; i < at.Length; i++)
        {
            var vector = chunk[at[i]];
            if (vector.IsNull(row)) throw new DamagedParquetException($"a row that wasn't rejected has no '{columns[i].Name}', which is its key");
            if (key.Columns[i].Order == KeyOrder.Number)
            {
                var value = Number(vector, columns[i].Type, row);
                if (order == 0) order = value.CompareTo(_numbers[i]);
                _numbers[i] = value;
            }
            else
            {
                ReadOnlySpan<byte> value = columns[i].Type == "DATE" ? Encoding.UTF8.GetBytes(DateText(vector.Value<int>(row))) : vector.Text(row);
                if (order == 0) order = value.SequenceCompareTo(_texts[i]);
                if (!value.SequenceEqual(_texts[i])) _texts[i] = value.ToArray();
            }
        }

        IsRising &= order > 0;
        First ??= Current();
    }

    private RowKey Current() => new(key.Columns.Select((column, i) => column.Order == KeyOrder.Number ? _numbers[i].ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(_texts[i])));

    private static long Number(in ParquetVector vector, string type, int row) => type switch
    {
        "SMALLINT" => vector.Value<short>(row),
        "INTEGER" => vector.Value<int>(row),
        "BIGINT" => vector.Value<long>(row),
        _ => throw new DamagedParquetException($"its key is {type}, and the target's is an integer"),
    };

    /// <summary>A date as PostgreSQL prints it, within the years that .NET has.</summary>
    private static string DateText(int days)
    {
        var day = DateOnly.FromDayNumber(0).DayNumber + new DateOnly(1970, 1, 1).DayNumber + (long)days;
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw new DamagedParquetException("a date in its key lies outside of the years 1 to 9999");
    }
}
