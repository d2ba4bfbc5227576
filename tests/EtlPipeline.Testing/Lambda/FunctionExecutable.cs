namespace EtlPipeline.Testing.Lambda;

/// <summary>
/// Where the functions' executables are: the ordinary build's beside the tests, or, if <c>ETL_FUNCTIONS_FOLDER</c> names the folder that
/// <c>src/Functions.proj</c> fills, the natively compiled ones.
/// </summary>
public static class FunctionExecutable
{
    private const string FolderVariable = "ETL_FUNCTIONS_FOLDER";

    /// <summary>The path of a stage's executable, of the build that is under test.</summary>
    public static string Find(string stage) =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
            ? FindNative(Path.GetFullPath(folder), stage)
            : FindManaged(stage);

    /// <summary>The path of a stage's executable of the ordinary build.</summary>
    public static string FindManaged(string stage) => Path.Combine(AppContext.BaseDirectory, $"EtlPipeline.{stage}");

    /// <summary>
    /// The path of the function without a stage, built as these tests were; or, if <c>ETL_TEST_FUNCTION</c> names one, of that executable.
    /// </summary>
    public static string FindTestFunction()
    {
        if (Environment.GetEnvironmentVariable("ETL_TEST_FUNCTION") is { Length: > 0 } native) return native;
        const string name = "EtlPipeline.TestFunction";
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        return RepositoryFolder.Find(Path.Combine("tests", name, "bin", build.Parent!.Name, build.Name, name));
    }

    /// <summary>The path of a stage's natively compiled executable.</summary>
    public static string FindNative(string folder, string stage)
    {
        var path = Path.Combine(folder, FolderName(stage), $"EtlPipeline.{stage}");
        Assert.True(File.Exists(path), $"{FolderVariable}: {path} is missing");
        Assert.False(File.Exists(path + ".dll"), $"{FolderVariable}: {path} is a managed build");
        return path;
    }

    /// <summary>How the folder and the zip of a stage are called.</summary>
    public static string FolderName(string stage) => stage switch
    {
        "Extract" => "extract",
        "Transform" => "transform",
        _ => "load",
    };
}
