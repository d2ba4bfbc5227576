using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Fails if a binary needs a newer C or C++ library than the machine it goes to has: it would not even start there. The versions that a binary
/// needs are in its string table, so what is looked for is their text; a false alarm is possible, a missed one is not.
/// </summary>
public class CheckGlibc : Task
{
    /// <summary>The binaries.</summary>
    public ITaskItem[] Files { get; set; }

    /// <summary>The families of versions, such as <c>GLIBC</c>, each with the newest that there is in the metadata <c>Newest</c>.</summary>
    public ITaskItem[] Families { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var file in Files.Select(item => item.ItemSpec))
        {
            var text = Encoding.GetEncoding("ISO-8859-1").GetString(File.ReadAllBytes(file));
            foreach (var family in Families) Check(Path.GetFileName(file), text, family.ItemSpec, Version.Parse(family.GetMetadata("Newest")));
        }

        return !Log.HasLoggedErrors;
    }

    private void Check(string file, string text, string family, Version newest)
    {
        var versions = Regex.Matches(text, $@"(?<![A-Z]){family}_(\d+(?:\.\d+)+)").Cast<Match>().Select(match => Version.Parse(match.Groups[1].Value));
        var needed = versions.DefaultIfEmpty().Max();
        if (needed > newest) Log.LogError($"{file} needs {family}_{needed}, and there is only {family}_{newest} on Amazon Linux 2023: compile it on an older system.");
        else if (needed != null) Log.LogMessage(MessageImportance.High, $"{file} needs {family}_{needed}; {family}_{newest} is there.");
    }
}
