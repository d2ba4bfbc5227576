namespace EtlPipeline.Load.Parquet;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as DuckDB names it, such as <c>DECIMAL(10,2)</c>.</param>
internal sealed record ParquetColumn(string Name, string Type)
{
    /// <summary>The name as an identifier of DuckDB.</summary>
    public string Identifier => $"\"{Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Digits in all and after the point, where the type is a DECIMAL.</summary>
    public (int Precision, int Scale)? Decimal =>
        Type.StartsWith("DECIMAL(", StringComparison.Ordinal)
        && Type[8..^1].Split(',') is [var precision, var scale]
            ? (int.Parse(precision, System.Globalization.CultureInfo.InvariantCulture), int.Parse(scale, System.Globalization.CultureInfo.InvariantCulture))
            : null;
}
