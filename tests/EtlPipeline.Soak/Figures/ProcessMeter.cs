using System.Diagnostics;
using System.Globalization;

namespace EtlPipeline.Soak.Figures;

/// <summary>Takes down what a process holds, schedule after schedule.</summary>
/// <param name="process">The process.</param>
internal sealed class ProcessMeter(MeasuredProcess process)
{
    private TimeSpan _processor = ReadProcessor(process.Id);

    public ProcessFigures Read()
    {
        // Before the collector closes what was forgotten.
        var open = OpenDescriptors.Of(process);
        var figures = new ProcessFigures
        {
            Name = process.Name,
            Files = open.Files,
            Sockets = open.Sockets,
            TemporaryFiles = open.Unnamed + Directory.GetFileSystemEntries(process.TemporaryFolder).Length,
            Processor = ReadProcessor(process.Id) - _processor,
            Resident = ReadResident(process.Id),
        };
        if (process.IsThisOne) figures = Collect(figures, open);
        _processor = ReadProcessor(process.Id);
        return figures;
    }

    private ProcessFigures Collect(ProcessFigures figures, OpenDescriptors open)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return figures with
        {
            Resident = ReadResident(process.Id),
            Heap = GC.GetTotalMemory(forceFullCollection: false),
            LeftToCollector = open.Count - OpenDescriptors.Of(process).Count,
        };
    }

    private static TimeSpan ReadProcessor(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
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
