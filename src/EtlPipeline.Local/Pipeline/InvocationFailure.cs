namespace EtlPipeline.Local.Pipeline;

/// <summary>An invocation that ended with an exception, where Lambda would count an error and try again later.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Exception">What left it.</param>
internal sealed record InvocationFailure(string Function, Exception Exception);
