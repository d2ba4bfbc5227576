using System.Buffers;
using System.Text.Json;
using EtlPipeline.Core.Rows;
using EtlPipeline.Extract.Sources;

namespace EtlPipeline.Extract.Rows;

/// <summary>
/// Writes rows of a table in the one form in which equal rows are equal bytes: columns in the table's order, no white space. What it returns
/// is valid until it is asked again.
/// </summary>
internal sealed class RowFormatter(SourceRelation relation) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, RowJson.WriterOptions);

    public ReadOnlyMemory<byte> Format(string?[] row)
    {
        Begin();
        _json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            var column = relation.Columns[i];
            _json.WritePropertyName(column.Name.Encoded);
            JsonValueFormat.Write(_json, column.Format, row[i]);
        }

        _json.WriteEndObject();
        return Written();
    }

    /// <summary>The hash of a key, given as a text a key column; null where a column is NULL, which only a view's or a foreign table's can be.</summary>
    public UInt128? HashKey(ReadOnlySpan<string?> key)
    {
        Begin();
        _json.WriteStartArray();
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] is null) return null;
            JsonValueFormat.Write(_json, relation.Columns[relation.Key[i]].Format, key[i]);
        }

        _json.WriteEndArray();
        return RowHash.Of(Written().Span);
    }

    /// <summary>The hash of a row's key; null where it has none that the table could have.</summary>
    public UInt128? HashKey(JsonRow row)
    {
        Begin();
        _json.WriteStartArray();
        foreach (var position in relation.Key)
        {
            if (!TryWriteValue(row, relation.Columns[position].Name)) return null;
        }

        _json.WriteEndArray();
        return RowHash.Of(Written().Span);
    }

    /// <summary>Writes a row of any form in the table's; false where it has other columns, or values of another kind.</summary>
    public bool TryRewrite(JsonRow row, out ReadOnlyMemory<byte> rewritten)
    {
        rewritten = default;
        if (row.Count != relation.Columns.Count) return false;
        Begin();
        _json.WriteStartObject();
        foreach (var column in relation.Columns)
        {
            _json.WritePropertyName(column.Name.Encoded);
            if (!TryWriteValue(row, column.Name)) return false;
        }

        _json.WriteEndObject();
        rewritten = Written();
        return true;
    }

    public void Dispose() => _json.Dispose();

    private bool TryWriteValue(JsonRow row, ColumnName column)
    {
        try
        {
            return row.TryGetValue(column, out var value) && JsonValueFormat.TryWrite(_json, value);
        }
        catch (InvalidRowException)
        {
            return false;
        }
    }

    private void Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
    }

    private ReadOnlyMemory<byte> Written()
    {
        _json.Flush();
        return _buffer.WrittenMemory;
    }
}
