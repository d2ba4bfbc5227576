using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Packs a function's files: in one order, with one time and one mode, so that the same files give the same bytes.</summary>
public class PackFunction : Task
{
    /// <summary>The earliest that a zip file can say.</summary>
    private static readonly DateTimeOffset Time = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A regular file that all may read and execute, as its Unix mode lies in a zip file.</summary>
    private const int Mode = unchecked(0x81ED << 16);

    /// <summary>A task is compiled against .NET Standard, which does not know the property that every .NET it runs on has.</summary>
    private static readonly PropertyInfo ExternalAttributes = typeof(ZipArchiveEntry).GetProperty("ExternalAttributes");

    /// <summary>The files.</summary>
    public ITaskItem[] Files { get; set; }

    /// <summary>The one of them that Lambda starts; it looks for it under the name <c>bootstrap</c>.</summary>
    public string Executable { get; set; }

    /// <summary>The zip file to make.</summary>
    public string Zip { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        using (var zip = new ZipArchive(File.Create(Zip), ZipArchiveMode.Create))
        {
            foreach (var file in Files.Select(item => item.ItemSpec).OrderBy(Path.GetFileName, StringComparer.Ordinal)) Add(zip, file);
        }

        Log.LogMessage(MessageImportance.High, $"{Path.GetFullPath(Zip)}: {new FileInfo(Zip).Length / 1e6:0.0} MB");
        return true;
    }

    private void Add(ZipArchive zip, string file)
    {
        var name = Path.GetFileName(file);
        var entry = zip.CreateEntry(name == Executable ? "bootstrap" : name, CompressionLevel.Optimal);
        entry.LastWriteTime = Time;
        ExternalAttributes.SetValue(entry, Mode);
        using (var source = File.OpenRead(file))
        using (var target = entry.Open())
        {
            source.CopyTo(target);
        }
    }
}
