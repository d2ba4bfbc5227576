using System.Buffers.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Values;

/// <summary>A whole number of 32 bits, written with digits alone.</summary>
internal static class IntegerValue
{
    public static int Read(JsonValue value)
    {
        if (value.Kind == JsonTokenType.Number
            && Utf8Parser.TryParse(value.Raw, out int number, out var consumed)
            && consumed == value.Raw.Length)
        {
            return number;
        }

        throw new InvalidRowException("not a whole number of 32 bits");
    }
}
