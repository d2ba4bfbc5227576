using System.Buffers.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>A whole number, written with digits alone.</summary>
internal static class IntegerValue
{
    public static short Read16(JsonValue value) =>
        TryRead(value, out var number) && number is >= short.MinValue and <= short.MaxValue ? (short)number : throw Misfit(16);

    public static int Read32(JsonValue value) =>
        TryRead(value, out var number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Misfit(32);

    public static long Read64(JsonValue value) => TryRead(value, out var number) ? number : throw Misfit(64);

    private static bool TryRead(JsonValue value, out long number)
    {
        number = 0;
        return value.Kind == JsonTokenType.Number
            && Utf8Parser.TryParse(value.Raw, out number, out var consumed)
            && consumed == value.Raw.Length;
    }

    private static InvalidRowException Misfit(int bits) => new($"not a whole number of {bits} bits");
}
