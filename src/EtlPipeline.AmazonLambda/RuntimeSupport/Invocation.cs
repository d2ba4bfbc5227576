namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An event that the Runtime API handed out, with what belongs to it.</summary>
/// <param name="Context">Its context.</param>
/// <param name="TraceId">The X-Ray trace that it is part of.</param>
/// <param name="Payload">The event.</param>
internal sealed record Invocation(InvocationContext Context, string? TraceId, Stream Payload);
