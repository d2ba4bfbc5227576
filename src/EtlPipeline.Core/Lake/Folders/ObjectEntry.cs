using System.Text.Json;
using System.Text.Json.Serialization;

namespace EtlPipeline.Core.Lake.Folders;

/// <summary>What lies under <c>.objects/</c> for an object: the name of the upload that brought its body, and its metadata.</summary>
internal sealed record ObjectEntry(string Upload, SortedDictionary<string, string> Metadata)
{
    public static async Task<ObjectEntry?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return await JsonSerializer.DeserializeAsync(stream, ObjectEntryContext.Default.ObjectEntry, cancellationToken)
                ?? throw new JsonException("the entry is null");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new IOException($"the entry {path} is damaged", exception);
        }
    }

    public static ObjectEntry Of(string upload, ObjectMetadata metadata) =>
        new(upload, new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal));

    public ObjectMetadata ToMetadata()
    {
        var metadata = new ObjectMetadata();
        foreach (var (name, value) in Metadata) metadata.Add(name, value);
        return metadata;
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ObjectEntry))]
internal sealed partial class ObjectEntryContext : JsonSerializerContext;
