using System.Diagnostics;
using System.Globalization;

namespace EtlPipeline.Testing.Servers;

/// <summary>The folders of the tests' clusters. A folder's name begins with the id of its process, so that what a killed one left can be told.</summary>
internal static class ClusterFolder
{
    private static readonly string Parent = Path.Combine(Path.GetTempPath(), "etl-pipeline-clusters");

    /// <summary>Makes a folder for a cluster of this process.</summary>
    public static string Make(string name) => Directory.CreateDirectory(Path.Combine(Parent, $"{Environment.ProcessId}-{name}")).FullName;

    /// <summary>The folders of processes that are gone.</summary>
    public static IEnumerable<string> FindDead() =>
        Directory.EnumerateDirectories(Directory.CreateDirectory(Parent).FullName).Where(folder => !IsAlive(Path.GetFileName(folder).Split('-')[0]));

    private static bool IsAlive(string processId)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(processId, CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
