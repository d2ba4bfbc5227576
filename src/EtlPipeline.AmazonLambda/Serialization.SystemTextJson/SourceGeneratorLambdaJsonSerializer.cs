using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Reads JSON by the metadata that a source generator has made, in the way of Lambda: property names in any case, times of two forms.</summary>
/// <typeparam name="TSGContext">The generated metadata.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    where TSGContext : JsonSerializerContext
{
    private readonly TSGContext _context;

    /// <summary>Makes the serializer.</summary>
    public SourceGeneratorLambdaJsonSerializer()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNameCaseInsensitive = true,
            Converters = { new EventTimeConverter() },
        };
        _context = (TSGContext)Activator.CreateInstance(typeof(TSGContext), options)!;
    }

    /// <summary>Reads an event.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <param name="requestStream">The event.</param>
    /// <exception cref="JsonSerializerException">It isn't JSON of this type.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            using var json = new MemoryStream();
            requestStream.CopyTo(json);
            return JsonSerializer.Deserialize(json.GetBuffer().AsSpan(0, (int)json.Length), TypeInfo<T>())!;
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException($"The event can't be read as {typeof(T).FullName}: {exception.Message}", exception);
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() => _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException($"{typeof(TSGContext).FullName} has no metadata of {typeof(T).FullName}.");

    /// <summary>AWS services send times as ISO 8601 texts, and some as seconds (or, beyond the year 5000, milliseconds) since 1970.</summary>
    private sealed class EventTimeConverter : JsonConverter<DateTime>
    {
        private const long FirstMillisecond = 157_753_180_800;

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var time)) return time;
            if (reader.TokenType != JsonTokenType.Number) throw new JsonSerializerException($"A time can't be a {reader.TokenType} like this one.");
            if (!reader.TryGetInt64(out var whole)) return DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
            return whole > FirstMillisecond ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole);
        }

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}

/// <summary>JSON could not be read.</summary>
public class JsonSerializerException : Exception
{
    /// <summary>Makes the exception.</summary>
    public JsonSerializerException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public JsonSerializerException(string message, Exception exception) : base(message, exception)
    {
    }
}
