namespace EtlPipeline.Soak.Tests;

/// <summary>Where a process's descriptors and memory are seen.</summary>
internal static class ProcFileSystem
{
    /// <summary>Skips the test if there is none.</summary>
    public static void RequireIt() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc.");
}
