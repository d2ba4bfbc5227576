namespace EtlPipeline.Local.Servers;

/// <summary>What a private cluster is started with.</summary>
public sealed record ClusterOptions
{
    /// <summary>Whether commits wait for the disk; true by default. A cluster that is thrown away can do without.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>Further server settings, each written <c>name=value</c>; none by default.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    internal IEnumerable<string> AllSettings =>
        IsDurable ? Settings : Settings.Concat(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
}
