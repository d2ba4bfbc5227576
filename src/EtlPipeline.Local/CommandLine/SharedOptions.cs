using System.CommandLine;
using System.CommandLine.Parsing;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The options that every command has.</summary>
internal sealed class SharedOptions
{
    /// <summary>Whether log lines and stack traces are shown.</summary>
    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show every log line as JSON on standard error, and stack traces.",
        Recursive = true,
    };

    /// <summary>Whether to work on the demo's pipeline instead of the settings'.</summary>
    public Option<bool> Demo { get; } = new("--demo")
    {
        Description = "Work on the demo, whatever the settings say. `demo status` means the same as `status --demo`.",
        Recursive = true,
    };

    /// <summary>The demo's folder.</summary>
    public Option<DirectoryInfo?> Folder { get; } = new("--folder")
    {
        Description = $"The demo's folder. Default: {DemoFolder.DefaultName} beside EtlPipeline.sln, otherwise in the current folder.",
        HelpName = "path",
        Recursive = true,
    };

    /// <summary>The endpoint of an S3-compatible server.</summary>
    public Option<Uri?> S3Endpoint { get; } = new("--s3-endpoint")
    {
        Description = "The URL of an S3-compatible server, for buckets that are not on AWS.",
        HelpName = "url",
        Recursive = true,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
            argument.AddError($"'{text}' isn't an http or https URL, such as http://localhost:9000.");
            return null;
        },
    };

    /// <summary>Adds all of them to the root.</summary>
    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { Verbose, Demo, Folder, S3Endpoint }) root.Options.Add(option);
    }

    /// <summary>Reads a table's name. Anything else is a command-line error.</summary>
    public static TableName? ParseTable(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (TableName.TryParse(text, out var table)) return table;
        argument.AddError($"'{text}' isn't a table name.");
        return null;
    }
}
