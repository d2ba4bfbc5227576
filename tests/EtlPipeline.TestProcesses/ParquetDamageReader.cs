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
        using var reader = new ParquetReader();
        for (var round = 0; round < rounds; round++)
        {
            var body = ParquetDamage.Of(intact[round % intact.Length], random);
            File.WriteAllBytes(current, body);
            if (IsReadable(reader, body)) whole++;
            else damaged++;
        }

        File.Delete(current);
        Console.WriteLine($"{rounds} files from seed {seed}: {whole} read, {damaged} damaged, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most");
        return 0;
    }

    private static bool IsReadable(ParquetReader reader, byte[] body)
    {
        var path = reader.NewPath();
        File.WriteAllBytes(path, body);
        try
        {
            using var file = reader.Open(path);
            var columns = file.Columns.Select(Find).OfType<WireColumn>().ToList();
            using var chunks = file.ReadChunks([.. columns.Select(column => column.Source)]);
            var buffer = new CopyBuffer();
            while (chunks.Read()) Write(columns, chunks, buffer);
            return true;
        }
        catch (DamagedParquetException)
        {
            File.Delete(path);
            return false;
        }
    }

    private static void Write(List<WireColumn> columns, ParquetChunks chunks, CopyBuffer buffer)
    {
        for (var row = 0; row < chunks.Count; row++)
        {
            for (var column = 0; column < columns.Count; column++) columns[column].Write(chunks[column], row, buffer);
            buffer.Clear();
        }
    }

    /// <summary>How Load would copy a column into a warehouse that suits it; null if it would refuse the column.</summary>
    private static WireColumn? Find(ParquetColumn column)
    {
        try
        {
            return WireColumn.AsIs("trial", column, column.Name);
        }
        catch (MisfitException)
        {
            return null;
        }
    }
}
