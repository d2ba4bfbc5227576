namespace EtlPipeline.Core.Lake;

/// <summary>Where a version's rows come from. A bucket holds one kind only.</summary>
public sealed class SourceKind
{
    private readonly string _name;

    private SourceKind(string name) => _name = name;

    /// <summary>The OLTP database.</summary>
    public static SourceKind Oltp { get; } = new("oltp");

    /// <summary>Generated sample tables.</summary>
    public static SourceKind Sample { get; } = new("sample");

    /// <summary>Reads a kind.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static SourceKind Parse(string text) => text switch
    {
        "oltp" => Oltp,
        "sample" => Sample,
        _ => throw new FormatException("A source is oltp or sample."),
    };

    /// <summary>The kind's name in metadata.</summary>
    public override string ToString() => _name;
}
