using System.Diagnostics;
using System.Globalization;
using System.Text;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.Extract.Source.Sample;

/// <summary>Sample rows as PostgreSQL's COPY would print them, so that they go through the same code.</summary>
internal static class SampleText
{
    /// <summary>A line as <see cref="RowReader"/> reads it: no transaction, the key's hash, the key, the columns.</summary>
    public static byte[] Line(ITotesysRow row)
    {
        var line = new StringBuilder(256).Append(CultureInfo.InvariantCulture, $"\\N\t{HashOf(row.Key)}\t{row.Key}");
        foreach (var value in row.ToValues()) line.Append('\t').Append(Escape(Of(value)));
        return Encoding.UTF8.GetBytes(line.Append('\n').ToString());
    }

    /// <summary>A hash of a key: SplitMix64's last step. It need not be PostgreSQL's, since both are never summed up together.</summary>
    public static long HashOf(int key)
    {
        var hash = unchecked((ulong)key * 0x9E3779B97F4A7C15);
        hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94D049BB133111EB);
        return unchecked((long)(hash ^ (hash >> 31)));
    }

    /// <summary>A value as PostgreSQL prints it.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        int number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.00", CultureInfo.InvariantCulture),
        bool truth => truth ? "t" : "f",
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
        _ => throw new UnreachableException($"Sample rows hold no {value.GetType()}."),
    };

    private static string Escape(string? text) => text is null ? "\\N" : text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);
}

/// <summary>Lines that are made while they are read.</summary>
internal sealed class SampleLines(IEnumerable<byte[]> lines) : ICopyLines
{
    private readonly IEnumerator<byte[]> _lines = lines.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_rest.IsEmpty && _lines.MoveNext()) _rest = _lines.Current;
        var length = Math.Min(buffer.Length, _rest.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return ValueTask.FromResult(length);
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        return ValueTask.CompletedTask;
    }
}
