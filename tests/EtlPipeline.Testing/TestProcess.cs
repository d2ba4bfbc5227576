using System.Diagnostics;

namespace EtlPipeline.Testing;

/// <summary>How a process of EtlPipeline.TestProcesses is started, from that project's own output folder.</summary>
/// <remarks>The test project refers to it with <c>ReferenceOutputAssembly="false"</c>: it is built before the test, and nothing of it is copied.</remarks>
public static class TestProcess
{
    private const string Name = "EtlPipeline.TestProcesses";

    /// <summary>The command that starts it, with its output and errors redirected.</summary>
    /// <param name="arguments">What to do, and with what.</param>
    public static ProcessStartInfo Command(params IEnumerable<string> arguments) => new("dotnet", [Find(), .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>The program that was built as these tests were: the same configuration and framework.</summary>
    private static string Find()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return RepositoryFolder.Find(Path.Combine("tests", Name, "bin", framework.Parent!.Name, framework.Name, $"{Name}.dll"));
    }
}
