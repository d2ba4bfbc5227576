using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>Reads a value that is not null, exactly or not at all.</summary>
/// <exception cref="InvalidRowException">The value is of another kind, or can't be held without a change.</exception>
internal delegate T ValueReader<out T>(JsonValue value);

/// <summary>True or false.</summary>
internal static class BooleanValue
{
    public static bool Read(JsonValue value) => value.Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new InvalidRowException("neither true nor false"),
    };
}

/// <summary>A UUID, written as PostgreSQL prints it.</summary>
internal static class UuidValue
{
    public static Guid Read(JsonValue value) =>
        value.Kind == JsonTokenType.String && Guid.TryParseExact(value.GetString(), "D", out var uuid)
            ? uuid
            : throw new InvalidRowException("not a UUID");
}
