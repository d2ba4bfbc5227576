namespace EtlPipeline.Core.Hosting;

/// <summary>One thing that an invocation could not do.</summary>
/// <param name="Subject">The table, or the version of a table.</param>
/// <param name="Cause">What went wrong with it.</param>
public sealed record TableFailure(string Subject, Exception Cause);
