using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Tests.Hosting;

/// <summary>Messages as the stages log them.</summary>
internal static partial class JsonLineMessages
{
    [LoggerMessage(LogLevel.Information, "{Table}: {RowCount} rows, {Changed} changed")]
    public static partial void Extracted(ILogger logger, string table, int rowCount, long changed);

    [LoggerMessage(LogLevel.Warning, "{RequestId} {Time} {Error}")]
    public static partial void Clashing(ILogger logger, string requestId, string time, string error);

    [LoggerMessage(LogLevel.Error, "it failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "{Flag} {Nothing} {Ratio} {Day}")]
    public static partial void Values(ILogger logger, bool flag, string? nothing, double ratio, DateOnly day);
}
