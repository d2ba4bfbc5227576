using System.Text.Json;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>Bytes, written in base64.</summary>
internal static class ByteaValue
{
    public static byte[] Read(JsonValue value)
    {
        if (value.Kind != JsonTokenType.String) throw NotBase64(null);
        try
        {
            return Convert.FromBase64String(value.GetString());
        }
        catch (FormatException exception)
        {
            throw NotBase64(exception);
        }
    }

    /// <summary>The bytes as PostgreSQL prints them: <c>\x</c> and hexadecimal digits.</summary>
    public static string Print(byte[] bytes) => $@"\x{Convert.ToHexStringLower(bytes)}";

    private static InvalidRowException NotBase64(Exception? cause) => new("not bytes in base64", cause);
}
