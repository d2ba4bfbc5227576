namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>The run is dead. Nothing in the pipeline knows this exception, so nothing can mistake it for a fault that it handles.</summary>
internal sealed class KilledException() : Exception("The run was killed here.");
