using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Columns;
using EtlPipeline.Transform.Targets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Processing;

/// <summary>Writes <c>dim_date</c>, once in the life of a bucket.</summary>
internal sealed class BaseCalendar(IObjectStore processed, Calendar calendar, ILogger logger)
{
    // A fixed stamp, so that of several invocations that find no calendar one writes it and the others see it there.
    private static readonly TableVersion Version = new(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly DimDate _table = new();

    /// <summary>Writes the calendar where there is none yet.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var key = new VersionKey(_table.Name, Version);
        if (await processed.DescribeAsync(key.Parquet, cancellationToken) is { }) return;
        await using var parquet = TemporaryFile.Create();
        await WriteAsync(parquet.Stream, cancellationToken);
        var metadata = new ProcessedMetadata { Rows = calendar.Days, Rejected = 0, IsWhole = true, KeyColumn = _table.KeyColumn };
        if (await ProcessedObject.PutAsync(processed, key, parquet, metadata, cancellationToken))
            Log.CalendarWritten(logger, _table.Name, Version, calendar.Days);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = await ParquetTableWriter<DateOnly>.CreateAsync(_table, stream, cancellationToken);
        foreach (var date in calendar.Dates) await writer.AddAsync(date, RowState.Present, sourceBytes: 0, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }
}
