using System.Text.Json;

namespace EtlPipeline.Testing.Lambda;

/// <summary>What a function said of an invocation, or of its start.</summary>
/// <param name="Error">The error's JSON; null where it succeeded.</param>
/// <param name="ErrorType">The header that names the error's type.</param>
/// <param name="ContentType">The content type of what it sent.</param>
public sealed record InvocationOutcome(JsonElement? Error, string? ErrorType, string? ContentType)
{
    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The error's message; null where it succeeded.</summary>
    public string? Message => Error?.GetProperty("errorMessage").GetString();
}
