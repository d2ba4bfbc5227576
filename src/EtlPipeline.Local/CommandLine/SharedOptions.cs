using System.CommandLine;
using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The options that several commands have.</summary>
internal sealed class SharedOptions
{
    /// <summary>Whether log lines and stack traces are shown.</summary>
    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show every log line as JSON on standard error, and stack traces.",
        Recursive = true,
    };

    /// <summary>Where the demo lies.</summary>
    public Option<DirectoryInfo?> Folder { get; } = new("--folder")
    {
        Description = $"The demo's folder. Default: {DemoFolder.DefaultName} beside EtlPipeline.sln, or else in the current folder.",
        HelpName = "path",
        Recursive = true,
    };

    /// <summary>The endpoint of a server that speaks S3.</summary>
    public Option<Uri?> S3Endpoint { get; } = new("--s3-endpoint")
    {
        Description = "The URL of an S3-compatible server, for buckets that are not on AWS.",
        HelpName = "url",
        Recursive = true,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
            argument.AddError($"'{text}' is no http or https URL, such as http://localhost:9000.");
            return null;
        },
    };
}
