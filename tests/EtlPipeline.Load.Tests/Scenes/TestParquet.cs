using System.Globalization;
using EtlPipeline.Core.Lake;
using Parquet;
using Parquet.Schema;

namespace EtlPipeline.Load.Tests.Scenes;

/// <summary>Writes Parquet files of any target, as Transform does: every column may be null, and what Parquet has no exact type for is text.</summary>
internal static class TestParquet
{
    /// <summary>Writes rows, whose values are in the order of the description's columns and then the reason why a row was rejected.</summary>
    public static async Task<byte[]> WriteAsync(
        TargetDescription target, IReadOnlyList<object?[]> rows, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken, bool isWithoutRejected = false)
    {
        var columns = target.Columns.Select(column => Column(column.Name, column.Type.Name)).ToList();
        if (!isWithoutRejected) columns.Add(Column(ParquetKeys.RejectedColumn, "text"));
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream, cancellationToken: cancellationToken))
        {
            writer.CustomMetadata = metadata.ToDictionary();
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < columns.Count; i++)
            {
                var at = i;
                await columns[i].WriteAsync(group, columns[i].Field, [.. rows.Select(row => row[at])]);
            }

            group.CompleteValidate();
        }

        return stream.ToArray();
    }

    private static (DataField Field, Func<ParquetRowGroupWriter, DataField, object?[], Task> WriteAsync) Column(string name, string type) => type switch
    {
        "boolean" => (new DataField<bool?>(name), Values<bool>(Convert.ToBoolean)),
        "smallint" or "integer" => (new DataField<int?>(name), Values<int>(Convert.ToInt32)),
        "bigint" => (new DataField<long?>(name), Values<long>(Convert.ToInt64)),
        "real" => (new DataField<float?>(name), Values<float>(Convert.ToSingle)),
        "double precision" => (new DataField<double?>(name), Values<double>(Convert.ToDouble)),
        "date" => (new DataField<DateOnly?>(name), Values((value, _) => value is DateOnly date ? date : DateOnly.Parse((string)value, CultureInfo.InvariantCulture))),
        "time without time zone" or "time(3) without time zone" => (
            new TimeDataField(name, TimeUnitPrecision.Micros, isNullable: true) { IsAdjustedToUtc = false },
            Values((value, culture) => TimeOnly.Parse((string)value, culture).Ticks / TimeSpan.TicksPerMicrosecond)),
        "numeric(10,2)" => (new DecimalDataField(name, 10, 2, isNullable: true), Values<decimal>(Convert.ToDecimal)),
        "numeric(28,10)" => (new DecimalDataField(name, 28, 10, isNullable: true), Values<decimal>(Convert.ToDecimal)),
        "numeric(4,2)" => (new DecimalDataField(name, 4, 2, isNullable: true), Values<decimal>(Convert.ToDecimal)),
        "numeric(18,0)" => (new DecimalDataField(name, 18, 0, isNullable: true), Values<decimal>(Convert.ToDecimal)),
        _ => (new DataField(name, typeof(string), isNullable: true), (group, field, values) => group.WriteAsync(field, values.Select(value => (string?)value).ToList())),
    };

    private static Func<ParquetRowGroupWriter, DataField, object?[], Task> Values<T>(Func<object, IFormatProvider, T> convert) where T : struct =>
        (group, field, values) => group.WriteAsync(field, new ReadOnlyMemory<T?>([.. values.Select(value => value is null ? (T?)null : convert(value, CultureInfo.InvariantCulture))]));
}
