namespace EtlPipeline.Transform.Processing;

/// <summary>Collects the versions that an invocation has written, and passes the word on.</summary>
internal sealed class WrittenVersions(IProgress<VersionTransformed>? next) : IProgress<VersionTransformed>
{
    private readonly List<VersionTransformed> _versions = [];

    public IReadOnlyList<VersionTransformed> Versions => _versions;

    public int Count => _versions.Count;

    public long Rows => _versions.Sum(version => version.Rows);

    public long Rejected => _versions.Sum(version => version.Rejected);

    public void Report(VersionTransformed value)
    {
        _versions.Add(value);
        next?.Report(value);
    }
}
