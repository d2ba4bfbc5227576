namespace EtlPipeline.Core.Settings;

/// <summary>
/// Reads settings by name and collects what is wrong with them, so that an operator is told of all faults at once. A setting that is empty
/// counts as missing.
/// </summary>
/// <param name="lookUp">Gives a setting's text, or null.</param>
public sealed class SettingsReader(Func<string, string?> lookUp)
{
    private readonly List<string> _faults = [];

    /// <summary>A setting that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="meaning">What it is, for the error.</param>
    public string Required(string name, string meaning) => Required(name, meaning, text => text);

    /// <summary>A setting that must be there and be well-formed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="meaning">What it is and what it may be, for the error.</param>
    /// <param name="parse">Reads it; throws a <see cref="FormatException"/> if it is malformed.</param>
    public T Required<T>(string name, string meaning, Func<string, T> parse)
    {
        if (Find(name) is { } text) return Parse(name, meaning, text, parse, default!);
        AddMissing(name, meaning);
        return default!;
    }

    /// <summary>A secret that must be there. Blanks at its ends belong to it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="meaning">What it is, for the error.</param>
    public string RequiredSecret(string name, string meaning)
    {
        if (lookUp(name) is { Length: > 0 } text) return text;
        AddMissing(name, meaning);
        return string.Empty;
    }

    /// <summary>A setting with a default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="meaning">What it is and what it may be, for the error.</param>
    /// <param name="defaultValue">Its value if it is missing.</param>
    /// <param name="parse">Reads it; throws a <see cref="FormatException"/> if it is malformed.</param>
    public T Optional<T>(string name, string meaning, T defaultValue, Func<string, T> parse) =>
        Find(name) is { } text ? Parse(name, meaning, text, parse, defaultValue) : defaultValue;

    /// <summary>A setting that may be missing.</summary>
    public string? Optional(string name) => Find(name);

    /// <summary>Ends the start if a setting was bad.</summary>
    /// <exception cref="InvalidSettingsException">One was.</exception>
    public void ThrowIfInvalid()
    {
        if (_faults.Count > 0) throw new InvalidSettingsException(_faults);
    }

    private void AddMissing(string name, string meaning) => _faults.Add($"{name} is {(lookUp(name) is null ? "missing" : "empty")}: {meaning}");

    private string? Find(string name) => lookUp(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private T Parse<T>(string name, string meaning, string text, Func<string, T> parse, T fallback)
    {
        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            _faults.Add(exception is SettingFormatException ? $"{name} is malformed: {meaning}" : $"{name} is malformed ({exception.Message.TrimEnd('.')}): {meaning}");
            return fallback;
        }
    }
}

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
