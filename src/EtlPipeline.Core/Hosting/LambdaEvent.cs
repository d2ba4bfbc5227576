using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Hosting;

/// <summary>
/// Every event that a function gets: a notification of S3, the test event that S3 sends when a notification is set up, or what the scheduler
/// and people send. Other properties are ignored.
/// </summary>
internal sealed class LambdaEvent : S3Event
{
    public const string ExpectedOfStages = "expected a notification of S3, or {} for a sweep of all tables";

    public const string ExpectedOfExtract =
        """expected {}, with "full": true, "read": ["table"] or "acceptDeletes": ["table"] if need be""";

    private static readonly SourceGeneratorLambdaJsonSerializer<LambdaEventJson> Serializer = new();

    /// <summary><c>s3:TestEvent</c>; other senders may use the name for anything.</summary>
    public JsonElement Event { get; set; }

    public bool? Full { get; set; }

    public List<string?>? Read { get; set; }

    public List<string?>? AcceptDeletes { get; set; }

    /// <summary>Reads an event.</summary>
    /// <exception cref="InvalidEventException">It isn't JSON, or JSON of another kind.</exception>
    public static LambdaEvent ReadFrom(Stream json, string expected)
    {
        try
        {
            return Serializer.Deserialize<LambdaEvent?>(json) ?? throw new InvalidEventException($"The event is null; {expected}.");
        }
        catch (JsonSerializerException exception)
        {
            throw new InvalidEventException($"The event can't be read{Place(exception.InnerException)}; {expected}.");
        }
    }

    public StageEvent ToStageEvent()
    {
        if (Full is { } || Read is { } || AcceptDeletes is { })
            throw new InvalidEventException($"The event has 'full', 'read' or 'acceptDeletes', which only Extract understands; {ExpectedOfStages}.");
        if (Records is { }) return new StageEvent.Doorbell([.. Records.Select(ToCreatedObject).OfType<CreatedObject>()]);
        return IsTestEvent ? new StageEvent.Doorbell([]) : new StageEvent.Sweep();
    }

    public ExtractRequest ToExtractRequest()
    {
        if (Records is { }) throw new InvalidEventException($"The event has Records, as if it came from S3; {ExpectedOfExtract}.");
        var (read, accepted) = (Tables("read", Read), Tables("acceptDeletes", AcceptDeletes));
        return new ExtractRequest
        {
            IsFull = Full ?? false,
            Read = read.ToHashSet(),
            AcceptDeletes = accepted.ToHashSet(),
            NamedTwice = Repeated(read).Concat(Repeated(accepted)).ToHashSet(),
        };
    }

    private bool IsTestEvent => Event.ValueKind == JsonValueKind.String && Event.ValueEquals("s3:TestEvent");

    private static CreatedObject? ToCreatedObject(S3EventNotificationRecord? record)
    {
        if (record?.EventName is not { } what) throw Missing("eventName");
        if (!what.StartsWith("ObjectCreated:", StringComparison.Ordinal)) return null;
        return new CreatedObject(
            record.S3?.Bucket?.Name ?? throw Missing("s3.bucket.name"),
            record.S3?.Object?.KeyDecoded ?? throw Missing("s3.object.key"));
    }

    private static InvalidEventException Missing(string name) => new($"A record of the event has no '{name}'; {ExpectedOfStages}.");

    private static List<TableName> Tables(string name, List<string?>? texts) => [.. (texts ?? []).Select(text =>
        TableName.TryParse(text, out var table)
            ? table
            : throw new InvalidEventException($"An entry of the event's '{name}' isn't a table name; {ExpectedOfExtract}."))];

    private static IEnumerable<TableName> Repeated(IEnumerable<TableName> tables) =>
        tables.GroupBy(table => table).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <summary>Where the reader stopped. Its own message quotes the event.</summary>
    private static string Place(Exception? exception) => exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position } json
        ? $" at {json.Path} (line {line + 1}, byte {position})"
        : string.Empty;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LambdaEvent))]
internal sealed partial class LambdaEventJson : JsonSerializerContext;
