namespace EtlPipeline.Soak.Figures;

/// <summary>What a process holds after a schedule.</summary>
internal sealed record ProcessFigures
{
    /// <summary>The process's name.</summary>
    public required string Name { get; init; }

    /// <summary>Open file descriptors that are neither sockets nor loaded assemblies.</summary>
    public required int Files { get; init; }

    /// <summary>Open sockets.</summary>
    public required int Sockets { get; init; }

    /// <summary>Files in its temporary folder: those with a name, open or not, and those without, which only a descriptor keeps.</summary>
    public required int TemporaryFiles { get; init; }

    /// <summary>The processor time that the schedule took; a busy machine changes it less than the time that goes by.</summary>
    public required TimeSpan Processor { get; init; }

    /// <summary>Resident memory, in bytes.</summary>
    public required long Resident { get; init; }

    /// <summary>What the garbage collector finds alive, in bytes; null for a process that can't be asked.</summary>
    public long? Heap { get; init; }

    /// <summary>Descriptors that nobody closed but the garbage collector; null for a process that can't be asked.</summary>
    public int? LeftToCollector { get; init; }
}
