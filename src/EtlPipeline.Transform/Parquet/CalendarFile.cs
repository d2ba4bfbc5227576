using System.Security.Cryptography;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Parquet;

/// <summary>Writes <c>dim_date</c>, once in the life of a bucket.</summary>
internal sealed class CalendarFile(IObjectStore processed, Calendar calendar, ILogger logger)
{
    // A fixed stamp, so that of several invocations that find no calendar one writes it and the others see it there.
    private static readonly TableVersion Version = new(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static TableName Table => TargetCatalogue.Calendar.Name;

    /// <summary>Writes the calendar if there is none yet.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var key = new VersionKey(Table, Version);
        if (await processed.DescribeAsync(key.Parquet, cancellationToken) is { }) return;
        await using var file = TemporaryFile.Create();
        await WriteAsync(file.Stream, cancellationToken);
        file.Stream.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file.Stream, cancellationToken));
        file.Stream.Position = 0;
        if (await processed.PutIfAbsentAsync(key.Parquet, file.Stream, Metadata(hash).ToObjectMetadata(), cancellationToken))
            Log.CalendarWritten(logger, Table, Version, calendar.Days);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>
        {
            [ParquetKeys.Target] = Encoding.UTF8.GetString(TargetCatalogue.Calendar.ToJson().Span),
            [ParquetKeys.Range] = "told",
        };
        await using var writer = await ParquetTableWriter.CreateAsync(TargetCatalogue.CalendarRows(calendar.Dates), stream, metadata, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }

    private ParquetMetadata Metadata(string hash) => new()
    {
        Kind = VersionKind.Chunk,
        Reason = VersionReason.First,
        RunStamp = Version,
        ExtractedAt = Version.Instant,
        Rows = calendar.Days,
        Rejected = 0,
        OldestRead = Version,
        Verified = Version,
        IsComplete = true,
        Mapping = TargetCatalogue.Calendar.Mapping,
        Sha256 = hash,
    };
}
