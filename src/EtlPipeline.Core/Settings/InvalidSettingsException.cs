namespace EtlPipeline.Core.Settings;

/// <summary>Settings are missing or malformed; the message names every one of them, with its valid choices.</summary>
public sealed class InvalidSettingsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="faults">What is wrong, one sentence a setting; not empty.</param>
    public InvalidSettingsException(IReadOnlyList<string> faults)
        : base($"The settings are not complete. {string.Join(". ", faults)}.") => Faults = faults;

    /// <summary>What is wrong, one sentence a setting.</summary>
    public IReadOnlyList<string> Faults { get; }
}
