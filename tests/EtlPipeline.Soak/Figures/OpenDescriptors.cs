using System.Globalization;

namespace EtlPipeline.Soak.Figures;

/// <summary>What a process has open, as Linux tells in <c>/proc</c> (proc(5), <i>/proc/[pid]/fd</i>).</summary>
/// <param name="Files">Descriptors that are not sockets, without those of loaded assemblies: code is loaded when it is first needed.</param>
/// <param name="Sockets">Sockets.</param>
/// <param name="Unnamed">How many of the files were temporary ones, and have no name any more.</param>
internal sealed record OpenDescriptors(int Files, int Sockets, int Unnamed)
{
    public int Count => Files + Sockets;

    public static OpenDescriptors Of(MeasuredProcess process)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/fd");
        var targets = Directory.GetFileSystemEntries(folder).Select(TargetOf).OfType<string>().Where(target => !IsAssembly(target)).ToList();
        var sockets = targets.Count(target => target.StartsWith("socket:", StringComparison.Ordinal));
        var unnamed = targets.Count(target =>
            target.StartsWith($"{process.TemporaryFolder}/", StringComparison.Ordinal) && target.EndsWith(" (deleted)", StringComparison.Ordinal));
        return new OpenDescriptors(targets.Count - sockets, sockets, unnamed);
    }

    private static bool IsAssembly(string target) => target.EndsWith(".dll", StringComparison.Ordinal);

    /// <summary>What a descriptor stands for; null for the one that reads the folder, which is closed by now.</summary>
    private static string? TargetOf(string descriptor) => new FileInfo(descriptor).LinkTarget;
}
