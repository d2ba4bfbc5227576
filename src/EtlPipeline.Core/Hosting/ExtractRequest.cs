using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Hosting;

/// <summary>What starts Extract. Any JSON without records does; two properties of it change what a run does.</summary>
public sealed record ExtractRequest
{
    /// <summary>What the schedule sends: nothing special.</summary>
    public static ExtractRequest Scheduled { get; } = new();

    /// <summary>Write every table from scratch, every row changed (<c>{"full": true}</c>): the repair for whatever happened downstream.</summary>
    public bool IsFull { get; init; }

    /// <summary>Tables all of whose segments are to be read (<c>{"read": ["table"]}</c>).</summary>
    public IReadOnlySet<TableName> Read { get; init; } = new HashSet<TableName>();

    /// <summary>Tables that may come up empty, or lose more than half of their rows (<c>{"acceptDeletes": ["table"]}</c>).</summary>
    public IReadOnlySet<TableName> AcceptDeletes { get; init; } = new HashSet<TableName>();

    /// <summary>Reads the JSON of an event.</summary>
    /// <exception cref="InvalidEventException">It is not JSON, or JSON of another kind.</exception>
    public static ExtractRequest Parse(ReadOnlyMemory<byte> json) => EventJson.ParseExtractRequest(json);
}
