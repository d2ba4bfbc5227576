using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.Load.Trial;

/// <summary>The column of a warehouse that a column of a file would go into.</summary>
internal static class TrialTarget
{
    /// <summary>How Load reads the column; null where it would refuse it.</summary>
    public static ColumnCopy? Find(ParquetColumn column) => ColumnTypes.Find(column, new TargetColumn
    {
        Name = column.Name,
        Type = TypeOf(column.Type),
        IsOptional = true,
        IsGenerated = false,
        IsPrimaryKey = false,
        IsUnique = false,
    });

    private static string TypeOf(string fileType) => fileType switch
    {
        "BOOLEAN" => "boolean",
        "VARCHAR" => "text",
        "DATE" => "date",
        "TIME" => "time without time zone",
        "TIMESTAMP" => "timestamp without time zone",
        "TIMESTAMP WITH TIME ZONE" => "timestamp with time zone",
        "FLOAT" or "DOUBLE" => "double precision",
        _ => "numeric",
    };
}
