using System.Text;
using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>The name of a column, ready to be found in a JSON row and to be written into one.</summary>
public sealed class ColumnName
{
    private readonly byte[] _utf8;

    /// <summary>Makes the name.</summary>
    public ColumnName(string value)
    {
        Value = value;
        _utf8 = Encoding.UTF8.GetBytes(value);
        Encoded = JsonEncodedText.Encode(value, RowJson.Encoder);
    }

    /// <summary>The name.</summary>
    public string Value { get; }

    internal ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Where the column was last found. One reference, so that several threads may share the name.</summary>
    internal ColumnPlace? Place { get; set; }

    /// <summary>The name as JSON, escaped once for all rows.</summary>
    public JsonEncodedText Encoded { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Value;

    internal bool EqualsEscaped(ReadOnlySpan<byte> escaped)
    {
        var reader = new Utf8JsonReader([.. "\""u8, .. escaped, .. "\""u8]);
        try
        {
            return reader.Read() && reader.ValueTextEquals(_utf8);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON has such names, PostgreSQL doesn't.
            return false;
        }
    }
}
