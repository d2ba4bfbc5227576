using EtlPipeline.Core.Lake;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>The files of a bucket, for what can't happen to it through the pipeline: objects lost or damaged.</summary>
internal sealed class LakeFolder(string bucket)
{
    /// <summary>The newest object of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="suffix">How its key ends.</param>
    public string? NewestOf(string table, string suffix) => VersionsOf(table, suffix) is { Count: > 0 } versions ? $"{table}/{versions[^1]}{suffix}" : null;

    /// <summary>The versions of a table, oldest first, as texts.</summary>
    public IReadOnlyList<string> VersionsOf(string table, string suffix) => Directory.Exists(Path.Combine(bucket, table))
        ? [.. Directory.EnumerateFiles(Path.Combine(bucket, table), $"*{suffix}").Select(file => Path.GetFileName(file)[..^suffix.Length]).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Loses an object, with its metadata.</summary>
    public void Lose(string key)
    {
        File.Delete(Path.Combine(bucket, key));
        File.Delete(Path.Combine(bucket, ".objects", $"{key}.entry"));
    }

    /// <summary>Loses all objects.</summary>
    public void Empty()
    {
        foreach (var file in Directory.EnumerateFiles(bucket, "*", SearchOption.AllDirectories)) File.Delete(file);
    }

    /// <summary>Cuts off the end of an object's body.</summary>
    public void Cut(string key)
    {
        using var file = new FileStream(Path.Combine(bucket, key), FileMode.Open);
        file.SetLength(file.Length / 2);
    }
}
