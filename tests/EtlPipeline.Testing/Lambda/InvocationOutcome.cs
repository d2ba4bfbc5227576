using System.Text.Json;

namespace EtlPipeline.Testing.Lambda;

/// <summary>What a function said of an invocation, or of its start.</summary>
/// <param name="Error">The error's JSON; null if it succeeded.</param>
/// <param name="ErrorTypeHeader">The header that names the error's type, if there is one.</param>
/// <param name="ContentType">The content type of what it sent.</param>
public sealed record InvocationOutcome(JsonElement? Error, string? ErrorTypeHeader, string? ContentType)
{
    /// <summary>The type of the error; null if it succeeded.</summary>
    public string? ErrorType => Error?.GetProperty("errorType").GetString();

    /// <summary>All that was said of the error; empty if it succeeded.</summary>
    public string Text => Error?.GetRawText() ?? string.Empty;

    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The error's message; null if it succeeded.</summary>
    public string? Message => Error?.GetProperty("errorMessage").GetString();
}
