using System.Globalization;
using EtlPipeline.SampleData;

namespace EtlPipeline.Extract.Sources.Sample;

/// <summary>
/// Sample tables have no transactions, but their history can say what changed since any moment. So the milliseconds since 1970 stand for
/// the transaction ids, and a later extract reads its candidates by them, as from a database.
/// </summary>
internal static class SampleTransactions
{
    public static SnapshotPoint PointAt(DateTimeOffset now, SampleOptions options)
    {
        // PostgreSQL's clock counts microseconds.
        var takenAt = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var transaction = (ulong)takenAt.ToUnixTimeMilliseconds();
        return new SnapshotPoint { TakenAt = takenAt, Xmin = transaction, Xmax = transaction, Server = Server(options) };
    }

    /// <summary>The moment that an id stands for. Nothing in a history happens between two milliseconds.</summary>
    public static DateTimeOffset MomentOf(ulong xmin) => DateTimeOffset.FromUnixTimeMilliseconds((long)xmin);

    /// <summary>Two histories can't be compared, so each is a server.</summary>
    private static string Server(SampleOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"sample-{options.Seed}-{options.Scale:R}-{options.Start:yyyyMMdd}-{options.SilentUpdateInterval.Ticks}");
}
