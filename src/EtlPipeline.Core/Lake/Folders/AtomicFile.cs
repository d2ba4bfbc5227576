using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EtlPipeline.Core.Lake.Folders;

/// <summary>
/// Gives a file its name unless the name is taken. <see cref="File.Move(string, string, bool)"/> looks before it leaps on Unix, so that two
/// writers can both win; link(2) (POSIX, <i>link</i>) and MoveFileEx on Windows can't.
/// </summary>
internal static partial class AtomicFile
{
    private const int FileExists = 17;

    public static bool TryCreate(string source, string target) =>
        OperatingSystem.IsWindows() ? TryMove(source, target) : TryLink(source, target);

    private static bool TryLink(string source, string target)
    {
        if (Link(source, target) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == FileExists ? false : throw new IOException($"can't link {target}", new Win32Exception(error));
    }

    private static bool TryMove(string source, string target)
    {
        try
        {
            File.Move(source, target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);
}
