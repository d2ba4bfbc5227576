using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlPipeline.Core.Rows;

/// <summary>How the pipeline writes JSON rows: no white space inside a row, and no more escapes than JSON asks for, so that people can read it.</summary>
public static class RowJson
{
    /// <summary>The encoder; the rows are files, and are never put into a web page as they are.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The options of every row writer. Its calls are ours, so they are not checked a second time.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Encoder, SkipValidation = true };
}
