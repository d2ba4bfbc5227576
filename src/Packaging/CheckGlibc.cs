using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Fails where a binary needs a newer C library than the machine it goes to has: it would not even start there. The versions that a binary
/// needs are in its string table, so what is looked for is their text; a false alarm is possible, a missed one is not.
/// </summary>
public class CheckGlibc : Task
{
    private static readonly Regex VersionText = new Regex(@"GLIBC_(2\.\d+)");

    /// <summary>The binaries.</summary>
    public ITaskItem[] Files { get; set; }

    /// <summary>The newest version that they may need.</summary>
    public string Newest { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var file in Files.Select(item => item.ItemSpec))
        {
            var text = Encoding.GetEncoding("ISO-8859-1").GetString(File.ReadAllBytes(file));
            var needed = VersionText.Matches(text).Cast<Match>().Select(match => Version.Parse(match.Groups[1].Value)).DefaultIfEmpty().Max();
            if (needed > Version.Parse(Newest)) Log.LogError($"{file} needs glibc {needed}, and there is only {Newest} on Amazon Linux 2023: compile it on an older system.");
            else Log.LogMessage(MessageImportance.High, $"{Path.GetFileName(file)} needs glibc {needed}; {Newest} is there.");
        }

        return !Log.HasLoggedErrors;
    }
}
