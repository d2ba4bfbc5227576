using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Tests.Scenes;

/// <summary>A version as it lies in the bucket.</summary>
internal sealed record StoredVersion(VersionKey Key, IngestionMetadata Metadata, string Body)
{
    /// <summary>The rows, a line each, without the commas between them.</summary>
    public IReadOnlyList<string> Rows { get; } = Lines(Body);

    /// <summary>The rows that begin where the metadata says that the changed ones do.</summary>
    public IReadOnlyList<string> ChangedRows =>
        Metadata.Changed == 0 ? [] : Lines(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(Body)[(int)Metadata.ChangedFrom..]));

    public static IReadOnlyList<string> Lines(string body) =>
        [.. body.Split('\n').Select(line => line.TrimEnd(',')).Where(line => line.StartsWith('{'))];
}
