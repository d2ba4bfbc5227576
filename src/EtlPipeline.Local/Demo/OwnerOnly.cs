namespace EtlPipeline.Local.Demo;

/// <summary>Files for secrets, which nobody but their owner can read from their first moment on.</summary>
internal static class OwnerOnly
{
    public static FileStreamOptions CreateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
