using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EtlPipeline.Core.Rows;
using Npgsql;

namespace EtlPipeline.Reconciliation.Source;

/// <summary>
/// The rows of a query of the source in the lake's form, a JSON array, so that a target's own mapping can read them. It is made here
/// from what PostgreSQL prints and shares no code with Extract. One row is in memory at a time.
/// </summary>
internal sealed class SourceRows : Stream
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Snapshot _snapshot;
    private readonly NpgsqlDataReader _reader;
    private readonly IReadOnlyList<CatalogColumn> _columns;
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _json;
    private int _given;
    private bool _isFirst = true;
    private bool _isOver;

    private SourceRows(Snapshot snapshot, NpgsqlDataReader reader, IReadOnlyList<CatalogColumn> columns)
    {
        (_snapshot, _reader, _columns) = (snapshot, reader, columns);
        _json = new Utf8JsonWriter(_text, Json);
        Rows = new JsonRowReader(this);
    }

    /// <summary>The rows, one after the other.</summary>
    public JsonRowReader Rows { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Starts a query.</summary>
    /// <param name="snapshot">The source.</param>
    /// <param name="sql">The query, which selects the columns in order.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="columns">What the columns are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SourceRows> OpenAsync(
        Snapshot snapshot, string sql, IEnumerable<NpgsqlParameter> parameters, IReadOnlyList<CatalogColumn> columns, CancellationToken cancellationToken) =>
        new(snapshot, await snapshot.OpenAsync(sql, parameters, cancellationToken), columns);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == _text.WrittenCount) await WriteNextAsync(cancellationToken);
        var length = Math.Min(buffer.Length, _text.WrittenCount - _given);
        _text.WrittenMemory.Slice(_given, length).CopyTo(buffer);
        _given += length;
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        Rows.Dispose();
        await _json.DisposeAsync();
        await _reader.DisposeAsync();
        await base.DisposeAsync();
    }

    private async ValueTask WriteNextAsync(CancellationToken cancellationToken)
    {
        _text.ResetWrittenCount();
        _given = 0;
        if (_isOver) return;
        try
        {
            _isOver = !await _reader.ReadAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw _snapshot.Database.Failure(exception);
        }

        if (_isFirst || !_isOver) _text.Write(_isFirst ? "["u8 : ",\n"u8);
        _isFirst = false;
        if (_isOver) _text.Write("]"u8);
        else WriteRow();
    }

    private void WriteRow()
    {
        _json.Reset();
        _json.WriteStartObject();
        for (var i = 0; i < _columns.Count; i++)
        {
            _json.WritePropertyName(_columns[i].Name);
            if (_reader.IsDBNull(i)) _json.WriteNullValue();
            else WriteValue(_columns[i].BaseType, _reader.GetString(i));
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteValue(string type, string printed)
    {
        switch (type)
        {
            case "boolean":
                _json.WriteBooleanValue(printed == "t");
                break;
            case "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" when char.IsAsciiDigit(printed[^1]):
                _json.WriteRawValue(printed, skipInputValidation: true);
                break;
            case "timestamp without time zone":
                _json.WriteStringValue(Iso(printed));
                break;
            case "timestamp with time zone":
                _json.WriteStringValue(Iso(printed).Replace("+00", "Z", StringComparison.Ordinal));
                break;
            case "bytea":
                _json.WriteBase64StringValue(Convert.FromHexString(printed.AsSpan(2)));
                break;
            default:
                _json.WriteStringValue(printed);
                break;
        }
    }

    /// <summary>The first space is between date and time, a second one before BC.</summary>
    private static string Iso(string printed)
    {
        var blank = printed.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? printed : new StringBuilder(printed) { [blank] = 'T' }.ToString();
    }
}
