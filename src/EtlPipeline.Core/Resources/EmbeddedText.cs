using System.Reflection;

namespace EtlPipeline.Core.Resources;

/// <summary>Text files that are embedded in an assembly: its SQL, its tables of names.</summary>
public static class EmbeddedText
{
    /// <summary>Reads a file.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The file's logical name in it.</param>
    /// <exception cref="InvalidOperationException">The assembly has no such file.</exception>
    public static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no file '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
