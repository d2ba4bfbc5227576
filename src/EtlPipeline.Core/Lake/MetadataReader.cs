
namespace EtlPipeline.Core.Lake;

/// <summary>Reads typed values out of an object's metadata, and remembers whether any was missing or malformed.</summary>
internal sealed class MetadataReader(ObjectMetadata metadata)
{
    public bool IsDamaged { get; private set; }

    public T Read<T>(string name, Func<string, T> parse)
    {
        if (metadata[name] is { } text) return Parse(text, parse);
        IsDamaged = true;
        return default!;
    }

    public T? ReadOptional<T>(string name, Func<string, T> parse) where T : struct =>
        metadata[name] is { } text ? Parse(text, parse) : null;

    private T Parse<T>(string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            IsDamaged = true;
            return default!;
        }
    }
}
