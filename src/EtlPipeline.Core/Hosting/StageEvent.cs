using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Hosting;

/// <summary>What wakes Transform and Load: doorbells, or nothing in particular, which means a sweep of all tables.</summary>
public abstract record StageEvent
{
    private StageEvent()
    {
    }

    /// <summary>Reads a Lambda event.</summary>
    /// <exception cref="InvalidEventException">It isn't JSON, or JSON of another kind.</exception>
    public static StageEvent Read(Stream json) => LambdaEvent.ReadFrom(json, LambdaEvent.ExpectedOfStages).ToStageEvent();

    /// <summary>Reads a Lambda event.</summary>
    /// <exception cref="InvalidEventException">It isn't JSON, or JSON of another kind.</exception>
    public static StageEvent Parse(ReadOnlyMemory<byte> json) => Read(new MemoryStream(json.ToArray()));

    /// <summary>An event without records: bring every table up to date.</summary>
    public sealed record Sweep : StageEvent;

    /// <summary>Objects were created.</summary>
    /// <param name="Objects">One for each record; the list is empty if only other things happened.</param>
    public sealed record Doorbell(IReadOnlyList<CreatedObject> Objects) : StageEvent;
}

/// <summary>An object that a notification says was created.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, decoded.</param>
public sealed record CreatedObject(string Bucket, string Key);

/// <summary>What starts Extract. Any JSON object without records does; three properties of it change what a run does.</summary>
public sealed record ExtractRequest
{
    /// <summary>What the schedule sends: nothing special.</summary>
    public static ExtractRequest Scheduled { get; } = new();

    /// <summary>All segments of all tables become due (<c>{"full": true}</c>): the repair for whatever happened downstream.</summary>
    public bool IsFull { get; init; }

    /// <summary>Tables whose segments all become due (<c>{"read": ["table"]}</c>).</summary>
    public IReadOnlySet<TableName> Read { get; init; } = new HashSet<TableName>();

    /// <summary>Tables that may come up empty, or lose more than half of their rows (<c>{"acceptDeletes": ["table"]}</c>).</summary>
    public IReadOnlySet<TableName> AcceptDeletes { get; init; } = new HashSet<TableName>();

    /// <summary>Tables that one list of the event names twice, which is a slip: another table was meant. Extract refuses the event.</summary>
    public IReadOnlySet<TableName> NamedTwice { get; init; } = new HashSet<TableName>();

    /// <summary>Reads a Lambda event.</summary>
    /// <exception cref="InvalidEventException">It isn't JSON, or JSON of another kind.</exception>
    public static ExtractRequest ReadEvent(Stream json) => LambdaEvent.ReadFrom(json, LambdaEvent.ExpectedOfExtract).ToExtractRequest();
}

/// <summary>An event isn't what its function understands; the message says where it differs, and what was expected.</summary>
public sealed class InvalidEventException : Exception
{
    /// <summary>Makes the exception.</summary>
    public InvalidEventException(string message) : base(message)
    {
    }
}
