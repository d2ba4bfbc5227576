// Reads the files of a folder as Load does, each damaged so many times; what is read lies in current.parquet, and stays there if it kills the process.
using System.Diagnostics;
using System.Globalization;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Staging;
using EtlPipeline.Load.Trial;

var (folder, seed, rounds) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
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

static bool IsReadable(string path)
{
    try
    {
        using var file = ParquetFile.Open(path);
        string[] expressions = [.. file.Columns.Select(TrialTarget.Find).OfType<ColumnCopy>().Select(copy => copy.Expression), "false"];
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
