using Microsoft.Extensions.Logging;

namespace EtlPipeline.Testing;

/// <summary>Something that was logged.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="EventName">The event's name.</param>
/// <param name="Message">The message, values put in.</param>
public sealed record TestLogEntry(LogLevel Level, string? EventName, string Message);
