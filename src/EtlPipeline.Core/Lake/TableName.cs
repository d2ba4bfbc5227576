using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// The name of a table of the source or of the warehouse: a letter or an underscore, then letters, digits and underscores, at most
/// 63 of them (PostgreSQL's limit, <i>Lexical Structure: Identifiers and Key Words</i>). It is safe as the first part of an object's key.
/// </summary>
public readonly partial record struct TableName
{
    private readonly string? _value;

    private TableName(string value) => _value = value;

    /// <summary>The name, without quotes.</summary>
    public string Value => _value ?? throw new InvalidOperationException("This table name was never given a value.");

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">The text isn't a table name.</exception>
    public static TableName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException("A table name is a letter or _, then letters, digits and _, at most 63 characters.");

    /// <summary>Reads a name; false if the text isn't one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TableName name)
    {
        name = default;
        if (text is null || !Pattern().IsMatch(text)) return false;
        name = new TableName(text);
        return true;
    }

    /// <summary>The name, without quotes.</summary>
    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
