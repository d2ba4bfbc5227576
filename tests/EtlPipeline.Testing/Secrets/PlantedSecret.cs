namespace EtlPipeline.Testing.Secrets;

/// <summary>
/// What no output may hold. Tests plant it in passwords and in the values of rows; <see cref="OutputWatch"/> looks for it in all that the code
/// under test writes.
/// </summary>
public static class PlantedSecret
{
    /// <summary>The text, in every planted password and value.</summary>
    public const string Text = "planted-secret";

    /// <summary>A password; servers that trust an account take any.</summary>
    public const string Password = $"{Text}-password";

    /// <summary>A value of a row.</summary>
    public const string Value = $"{Text}-value";
}
