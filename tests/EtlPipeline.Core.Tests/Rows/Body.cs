using System.Text;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Tests.Rows;

/// <summary>Reads bodies to their end.</summary>
internal static class Body
{
    public static Task<List<string>> ReadAsync(string body, int longestRow = RowLimits.Bytes) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), longestRow);

    /// <summary>All rows, as they lie in the body.</summary>
    public static async Task<List<string>> ReadAsync(Stream stream, int longestRow = RowLimits.Bytes)
    {
        var rows = new List<string>();
        using var reader = new JsonRowReader(stream, longestRow);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(Encoding.UTF8.GetString(reader.Current.Utf8));
        Assert.Equal(rows.Count, reader.RowsRead);
        return rows;
    }

    /// <summary>What a body is refused with.</summary>
    public static Task<UnreadableRowsException> RefusalAsync(string body, int longestRow = RowLimits.Bytes) =>
        Assert.ThrowsAsync<UnreadableRowsException>(() => ReadAsync(body, longestRow));
}
