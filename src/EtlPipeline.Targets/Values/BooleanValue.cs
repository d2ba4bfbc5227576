using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

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
