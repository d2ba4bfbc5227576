using EtlPipeline.Soak.Figures;

namespace EtlPipeline.Soak.Verdicts;

/// <summary>The figures of a soak, and what is expected of them.</summary>
internal static class FigureCatalogue
{
    private const double Megabyte = 1e6;

    // A collector gives memory back when it sees fit, and takes more before it has to.
    private static readonly Expectation Steady = new Expectation.Within(1.25);

    /// <summary>Memory says something only when everything has been compiled and every buffer has been used.</summary>
    private const int FewestForMemory = 100;

    /// <summary>Time. The machine may be busy, so nothing is expected of it.</summary>
    public static Figure Elapsed { get; } = new("time, ms", new Expectation.Anything(), schedule => schedule.Elapsed.TotalMilliseconds);

    /// <summary>All figures.</summary>
    public static IEnumerable<Figure> Of(IReadOnlyList<ScheduleFigures> schedules) =>
    [
        Elapsed,
        new("connections", new Expectation.None(), schedule => schedule.Databases.Connections),
        new("locks", new Expectation.None(), schedule => schedule.Databases.Locks),
        .. schedules[0].Processes.SelectMany((process, at) => OfProcess(process, at, schedules.Count)),
        new("source rows", new Expectation.Flat(), schedule => schedule.Databases.SourceRows),
        new("versions", new Expectation.Anything(), schedule => schedule.Databases.Versions),
        new("warehouse records", new Expectation.Anything(), schedule => schedule.Databases.WarehouseRows),
    ];

    /// <summary>A process's processor time in a schedule.</summary>
    public static Figure Processor(string process, int at) =>
        new($"{process}: processor, ms", new Expectation.Anything(), schedule => schedule.Processes[at].Processor.TotalMilliseconds);

    /// <summary>A process's resident memory.</summary>
    public static Figure Resident(string process, int at, int schedules) =>
        new($"{process}: memory, MB", MemoryExpectation(schedules), schedule => schedule.Processes[at].Resident / Megabyte);

    private static IEnumerable<Figure> OfProcess(ProcessFigures process, int at, int schedules)
    {
        yield return new($"{process.Name}: temporary files", new Expectation.None(), schedule => schedule.Processes[at].TemporaryFiles);
        yield return new($"{process.Name}: open files", new Expectation.Flat(), schedule => schedule.Processes[at].Files);
        yield return new($"{process.Name}: open sockets", new Expectation.Flat(), schedule => schedule.Processes[at].Sockets);
        yield return Processor(process.Name, at);
        yield return Resident(process.Name, at, schedules);
        if (process.Heap is null) yield break;
        yield return new($"{process.Name}: left to the collector", new Expectation.None(), schedule => schedule.Processes[at].LeftToCollector ?? 0);
        yield return new($"{process.Name}: heap, MB", MemoryExpectation(schedules), schedule => (schedule.Processes[at].Heap ?? 0) / Megabyte);
    }

    private static Expectation MemoryExpectation(int schedules) => schedules >= FewestForMemory ? Steady : new Expectation.Anything();
}
