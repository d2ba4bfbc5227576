using EtlPipeline.Targets.Rows;
using Parquet;
using Parquet.Schema;

namespace EtlPipeline.Transform.Parquet;

/// <summary>
/// How a column lies in Parquet. Every column may be null there: of a rejected row nothing is kept but the key and the reason, and not even the
/// key if it can't be read.
/// </summary>
internal static class ParquetColumn
{
    /// <summary>The column in the file's schema.</summary>
    public static DataField Field(ColumnBuffer buffer)
    {
        var name = buffer.Column.Name;
        return buffer switch
        {
            ValueBuffer<bool> => new DataField<bool?>(name),
            ValueBuffer<int> => new DataField<int?>(name),
            ValueBuffer<long> when buffer.Column.Type.Name != "bigint" =>
                new TimeDataField(name, TimeUnitPrecision.Micros, isNullable: true) { IsAdjustedToUtc = false },
            ValueBuffer<long> => new DataField<long?>(name),
            ValueBuffer<float> => new DataField<float?>(name),
            ValueBuffer<double> => new DataField<double?>(name),
            ValueBuffer<decimal> when buffer.Column.Type.IsDecimal(out var precision, out var scale) =>
                new DecimalDataField(name, precision, scale, isNullable: true),
            ValueBuffer<DateOnly> => new DataField<DateOnly?>(name),
            _ => new DataField(name, typeof(string), isNullable: true),
        };
    }

    /// <summary>Writes the column's values, the next ones of the row group.</summary>
    public static Task WriteAsync(ParquetRowGroupWriter group, DataField field, ColumnBuffer buffer, CancellationToken cancellationToken) => buffer switch
    {
        ValueBuffer<bool> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        ValueBuffer<int> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        ValueBuffer<long> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        ValueBuffer<float> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        ValueBuffer<double> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        ValueBuffer<decimal> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        ValueBuffer<DateOnly> values => group.WriteAsync(field, values.Values, cancellationToken: cancellationToken),
        TextBuffer texts => group.WriteAsync(field, texts.Values, cancellationToken: cancellationToken),
        _ => throw new InvalidOperationException($"Column '{field.Name}' has values that Parquet has no place for."),
    };
}
