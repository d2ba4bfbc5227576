namespace EtlPipeline.Testing;

/// <summary>Finds folders of the repository that a test project was built in.</summary>
public static class RepositoryFolder
{
    /// <summary>The full path of a folder or file of the repository.</summary>
    /// <param name="relativePath">Its path from the solution on.</param>
    public static string Find(string relativePath)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is { } && !File.Exists(Path.Combine(folder.FullName, "EtlPipeline.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("the tests were not built inside the repository"), relativePath);
    }
}
