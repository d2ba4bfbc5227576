using System.Text.Json;

namespace EtlPipeline.Core.Hosting;

/// <summary>What wakes Transform and Load: notifications of new objects, or nothing in particular, which means a sweep of all tables.</summary>
public abstract record StageEvent
{
    private StageEvent()
    {
    }

    /// <summary>Reads the JSON of an event.</summary>
    /// <exception cref="InvalidEventException">It is not JSON, or JSON of another kind.</exception>
    public static StageEvent Parse(ReadOnlyMemory<byte> json) => EventJson.ParseStageEvent(json);

    /// <summary>An event without records: bring every table up to date.</summary>
    public sealed record Sweep : StageEvent;

    /// <summary>Objects were created.</summary>
    /// <param name="Objects">One for each record; the list can be empty where only other things happened.</param>
    public sealed record Doorbell(IReadOnlyList<CreatedObject> Objects) : StageEvent;
}
