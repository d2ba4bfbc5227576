using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A UUID, written as PostgreSQL prints it.</summary>
internal static class UuidValue
{
    public static Guid Read(JsonValue value) =>
        value.Kind == JsonTokenType.String && Guid.TryParseExact(value.GetString(), "D", out var uuid)
            ? uuid
            : throw new InvalidRowException("not a UUID");
}
