using System.Collections;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// The user metadata of an object: short ASCII texts under lower-case names, 2 KB in all (Amazon S3, <i>Working with object metadata</i>).
/// The stages read and write it through typed records; nothing else looks things up here.
/// </summary>
public sealed class ObjectMetadata : IEnumerable<KeyValuePair<string, string>>
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>No metadata.</summary>
    public static ObjectMetadata Empty { get; } = [];

    /// <summary>The value of a name, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Adds a value while the metadata is put together; a null is not kept.</summary>
    public void Add(string name, string? value)
    {
        if (value is { }) _values.Add(name, value);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
