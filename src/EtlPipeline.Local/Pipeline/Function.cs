using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Local.Pipeline;

/// <summary>Transform or Load: a function that notifications wake.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="InvokeAsync">Runs it on an event, under a request id.</param>
internal sealed record Function(string Name, Func<StageEvent, string, CancellationToken, Task> InvokeAsync);
