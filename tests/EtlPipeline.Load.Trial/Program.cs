// Reads the files of a folder as Load does, each damaged so many times; what is read lies in current.parquet, and stays there if it kills the process.
using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Trial;
using EtlPipeline.Load.Warehouse;

var (folder, seed, rounds) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
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

static bool IsReadable(ParquetReader reader, byte[] body)
{
    var path = reader.NewPath();
    File.WriteAllBytes(path, body);
    try
    {
        using var file = reader.Open(path);
        var columns = file.Columns.Select(Find).OfType<WireColumn>().ToList();
        using var chunks = file.ReadChunks([.. columns.Select(column => column.Source)]);
        var buffer = new CopyBuffer();
        while (chunks.Read())
        {
            for (var row = 0; row < chunks.Count; row++)
            {
                for (var column = 0; column < columns.Count; column++) columns[column].Write(chunks[column], row, buffer);
                buffer.Clear();
            }
        }

        return true;
    }
    catch (DamagedParquetException)
    {
        File.Delete(path);
        return false;
    }
}

static WireColumn? Find(ParquetColumn column)
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
