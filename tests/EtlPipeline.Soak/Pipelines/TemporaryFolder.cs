namespace EtlPipeline.Soak.Pipelines;

/// <summary>A folder that is this process's temporary folder as long as it lives.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Variable = "TMPDIR";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-pipeline-soak-");

    public TemporaryFolder() => Environment.SetEnvironmentVariable(Variable, Path);

    public string Path => _folder.FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _folder.Delete(recursive: true);
    }
}
