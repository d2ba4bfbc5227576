using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Warehouse;

namespace EtlPipeline.TestProcesses;

/// <summary>Reads damaged Parquet files as Load does, so that a test sees a native crash, and how much memory it took.</summary>
internal static class ParquetDamageReader
{
    /// <summary>
    /// Reads the files of a folder, each damaged so many times. What is being read lies in <c>current.parquet</c>, and stays there if it kills
    /// the process.
    /// </summary>
    /// <param name="arguments">The folder, a seed, how many files to read.</param>
    public static int Run(string[] arguments)
    {
        var (folder, seed, rounds) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        string[] files = [.. Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal)];
        byte[][] intact = [.. files.Select(File.ReadAllBytes)];
        var current = Path.Combine(folder, "current.parquet");
        var random = new Random(seed);
        var (whole, damaged) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            File.WriteAllBytes(current, ParquetDamage.Of(intact[round % intact.Length], random));
            if (IsReadable(current)) whole++;
            else damaged++;
        }

        File.Delete(current);
        Console.WriteLine($"{rounds} files from seed {seed}: {whole} read, {damaged} damaged, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most");
        return 0;
    }

    private static bool IsReadable(string path)
    {
        try
        {
            using var file = ParquetFile.Open(path);
            string[] expressions = [.. file.Columns.Select(FindCopy).OfType<ColumnCopy>().Select(copy => copy.Expression), "false"];
            using var rows = new ParquetRows(file, expressions);
            while (rows.Read())
            {
                for (var field = 0; field < expressions.Length; field++) rows.Current.GetValue(field);
            }

            return true;
        }
        catch (DamagedParquetException)
        {
            return false;
        }
    }

    /// <summary>How Load would copy a column into a warehouse that suits it; null if it would refuse the column.</summary>
    private static ColumnCopy? FindCopy(ParquetColumn column) => ColumnTypes.Find(column, new TargetColumn
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
