using System.Globalization;

namespace EtlPipeline.Soak.Figures;

/// <summary>Takes down what a process holds.</summary>
internal static class ProcessMeter
{
    public static ProcessFigures Read(MeasuredProcess process)
    {
        // Before the collector closes what was forgotten.
        var open = OpenDescriptors.Of(process);
        var figures = new ProcessFigures
        {
            Name = process.Name,
            Files = open.Files,
            Sockets = open.Sockets,
            TemporaryFiles = open.Unnamed + Directory.GetFileSystemEntries(process.TemporaryFolder).Length,
            Resident = ReadResident(process.Id),
        };
        if (!process.IsThisOne) return figures;
        Collect();
        return figures with
        {
            Resident = ReadResident(process.Id),
            Heap = GC.GetTotalMemory(forceFullCollection: false),
            LeftToCollector = open.Count - OpenDescriptors.Of(process).Count,
        };
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    /// <summary>In bytes (proc(5), <i>VmRSS</i>, which is in kilobytes).</summary>
    private static long ReadResident(int processId)
    {
        const string name = "VmRSS:";
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status");
        var line = File.ReadLines(path).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", null, StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }
}
