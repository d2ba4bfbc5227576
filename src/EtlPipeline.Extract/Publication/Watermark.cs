using System.Globalization;
using System.Text;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Publication;

/// <summary>
/// The object <c>timestamp</c>, the only one that is overwritten: it tells people when the last run that did all it should took its snapshot. No run
/// reads it.
/// </summary>
internal static class Watermark
{
    private const string Key = "timestamp";

    public static async Task ReplaceAsync(IObjectStore ingestion, DateTimeOffset takenAt, CancellationToken cancellationToken)
    {
        var text = takenAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        using var body = new MemoryStream(Encoding.ASCII.GetBytes(text));
        await ingestion.ReplaceAsync(Key, body, cancellationToken);
    }
}
