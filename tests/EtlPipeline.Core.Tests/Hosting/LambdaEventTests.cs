using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Core.Tests.Hosting;

/// <summary>
/// What each event means to Transform and Load, and to Extract. The same table holds with the Amazon.Lambda packages and with what stands in
/// for them.
/// </summary>
public sealed class LambdaEventTests(ITestOutputHelper output)
{
    private const string Sweep = "sweep";
    private const string NoWork = "doorbell: ";
    private const string Ordinary = "run: ";

    [Theory]
    [InlineData("{}", Sweep, Ordinary)]
    [InlineData("""{"Records": null}""", Sweep, Ordinary)]
    [InlineData("""{"time": "2026-11-23T12:45:03Z", "detail-type": "Scheduled Event", "detail": {"a": [1]}}""", Sweep, Ordinary)]
    [InlineData("""{"Event": "something else"}""", Sweep, Ordinary)]
    [InlineData("""{"event": {"id": 7}}""", Sweep, Ordinary)]
    [InlineData("""{"full": null, "read": null, "acceptDeletes": null}""", Sweep, Ordinary)]
    [InlineData("""{"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-23T12:45:03Z", "Bucket": "lake", "RequestId": "x"}""", NoWork, Ordinary)]
    [InlineData("""{"Records": []}""", NoWork, "has Records")]
    [InlineData("""{"full": false, "read": [], "acceptDeletes": []}""", "only Extract understands", Ordinary)]
    [InlineData("""{"full": true}""", "only Extract understands", "run: full")]
    [InlineData("""{"FULL": true}""", "only Extract understands", "run: full")]
    [InlineData("""{"read": ["staff", "payment"]}""", "only Extract understands", "run: read payment, read staff")]
    [InlineData("""{"read": ["staff", "staff"], "acceptDeletes": ["staff", "payment", "staff"]}""", "only Extract understands", "run: read staff, accept payment, accept staff, twice staff")]
    [InlineData("", "can't be read", "can't be read")]
    [InlineData("   ", "can't be read", "can't be read")]
    [InlineData("{", "can't be read", "can't be read")]
    [InlineData("{} {}", "can't be read", "can't be read")]
    [InlineData("\uFEFF{}", "can't be read", "can't be read")]
    [InlineData("hello", "can't be read", "can't be read")]
    [InlineData("null", "is null", "is null")]
    [InlineData("7", "can't be read", "can't be read")]
    [InlineData("\"text\"", "can't be read", "can't be read")]
    [InlineData("[]", "can't be read", "can't be read")]
    [InlineData("""{"Records": {}}""", "can't be read at $.Records", "can't be read at $.Records")]
    [InlineData("""{"Records": "x"}""", "can't be read at $.Records", "can't be read at $.Records")]
    [InlineData("""{"Records": [1]}""", "can't be read at $.Records[0]", "can't be read at $.Records[0]")]
    [InlineData("""{"Records": [null]}""", "no 'eventName'", "has Records")]
    [InlineData("""{"Records": [{}]}""", "no 'eventName'", "has Records")]
    [InlineData("""{"Records": [{"eventSource": "aws:sqs", "body": "{}"}]}""", "no 'eventName'", "has Records")]
    [InlineData("""{"Records": [{"eventName": 1}]}""", "can't be read at $.Records[0].eventName", "can't be read at $.Records[0].eventName")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put"}]}""", "no 's3.bucket.name'", "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": null}]}""", "no 's3.bucket.name'", "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": 1}]}""", "can't be read at $.Records[0].s3", "can't be read at $.Records[0].s3")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {}}}]}""", "no 's3.bucket.name'", "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}}}]}""", "no 's3.object.key'", "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": null}}}]}""", "no 's3.object.key'", "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": "k", "size": "large"}}}]}""", "can't be read at $.Records[0].s3.object.size", "can't be read at $.Records[0].s3.object.size")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": "\ud800"}}}]}""", "can't be read", "can't be read")]
    [InlineData("""{"Records": [{"eventName": "ObjectRemoved:Delete", "s3": {"bucket": {"name": "b"}, "object": {"key": "k"}}}, {"eventName": "LifecycleExpiration:Delete"}]}""", NoWork, "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectRemoved:Delete", "eventTime": "yesterday"}]}""", "can't be read", "can't be read")]
    [InlineData("""{"Records": [{"eventName": "ObjectRemoved:Delete", "eventTime": "2026-11-23T12:45:03.123Z"}]}""", NoWork, "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectRemoved:Delete", "eventTime": 1795437903}]}""", NoWork, "has Records")]
    [InlineData("""{"Records": [{"eventName": "ObjectRemoved:Delete", "eventTime": 1795437903000.5}]}""", "can't be read", "can't be read")]
    [InlineData("""{"Records": [{"eventName": "ObjectRemoved:Delete", "eventTime": true}]}""", "can't be read", "can't be read")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "lake"}, "object": {"key": "staff/1.json", "size": 7}}}, {"eventName": "ObjectCreated:CompleteMultipartUpload", "s3": {"bucket": {"name": "pond"}, "object": {"key": "address/2.json"}}}]}""", "doorbell: lake staff/1.json, pond address/2.json", "has Records")]
    [InlineData("""{"full": "true"}""", "can't be read at $.full", "can't be read at $.full")]
    [InlineData("""{"full": 1}""", "can't be read at $.full", "can't be read at $.full")]
    [InlineData("""{"read": "staff"}""", "can't be read at $.read", "can't be read at $.read")]
    [InlineData("""{"read": {"staff": true}}""", "can't be read at $.read", "can't be read at $.read")]
    [InlineData("""{"read": [1]}""", "can't be read at $.read[0]", "can't be read at $.read[0]")]
    [InlineData("""{"read": [null]}""", "only Extract understands", "entry of the event's 'read' isn't a table name")]
    [InlineData("""{"read": ["sales order"]}""", "only Extract understands", "entry of the event's 'read' isn't a table name")]
    [InlineData("""{"read": [""]}""", "only Extract understands", "entry of the event's 'read' isn't a table name")]
    [InlineData("""{"acceptDeletes": ["../staff"]}""", "only Extract understands", "entry of the event's 'acceptDeletes' isn't a table name")]
    [InlineData("""{"acceptDeletes": ["staff%2F"]}""", "only Extract understands", "entry of the event's 'acceptDeletes' isn't a table name")]
    [InlineData("""{"acceptDeletes": ["staff'; DROP TABLE staff; --"]}""", "only Extract understands", "entry of the event's 'acceptDeletes' isn't a table name")]
    [InlineData("""{"acceptDeletes": ["staff\u0000"]}""", "only Extract understands", "entry of the event's 'acceptDeletes' isn't a table name")]
    [InlineData("""{"acceptDeletes": ["\udc00"]}""", "can't be read", "can't be read")]
    public void An_event_means_the_same_to_every_function_or_is_refused_with_what_was_expected(string json, string toStages, string toExtract)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        Check(toStages, "expected a notification of S3, or {} for a sweep", () => Describe(StageEvent.Read(new MemoryStream(bytes))));
        Check(toExtract, "expected {}, with \"full\": true", () => Describe(ExtractRequest.ReadEvent(new MemoryStream(bytes))));
    }

    [Theory]
    [InlineData("staff/2026-11-23_12-45-03-123456.json", "staff/2026-11-23_12-45-03-123456.json")]
    [InlineData("a+b%2Bc.json", "a b+c.json")]
    [InlineData("staff%2Fgr%C3%BC%C3%9Fe.json", "staff/grüße.json")]
    [InlineData("100%25", "100%")]
    [InlineData("..%2F..%2Fetc%2Fpasswd", "../../etc/passwd")]
    [InlineData("staff%252F1.json", "staff%2F1.json")]
    [InlineData("%00%1B%0A%27%22", "\0\u001b\n'\"")]
    [InlineData("%", "%")]
    [InlineData("%zz%2", "%zz%2")]
    public void Keys_are_decoded(string encoded, string key) =>
        Assert.Equal(key, Assert.Single(Assert.IsType<StageEvent.Doorbell>(StageEvent.Parse(Encoding.UTF8.GetBytes(Notification(encoded)))).Objects).Key);

    [Fact]
    public void The_place_where_the_reading_stopped_is_named_and_nothing_is_quoted()
    {
        var message = Assert.Throws<InvalidEventException>(() => StageEvent.Parse("{\n\"Records\": [{\"eventTime\": \"hunter2\"}], }"u8.ToArray())).Message;
        var syntax = Assert.Throws<InvalidEventException>(() => StageEvent.Parse("{\n}hunter2"u8.ToArray())).Message;

        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
        Assert.Contains("(line 2, byte 1)", syntax, StringComparison.Ordinal);
        Assert.DoesNotContain("'h'", syntax, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_nested_ten_thousand_deep_is_refused() => Assert.Throws<InvalidEventException>(
        () => StageEvent.Parse(Encoding.UTF8.GetBytes($$"""{"Records": {{new string('[', 10_000)}}{{new string(']', 10_000)}}}""")));

    [Fact]
    public void The_schedule_asks_for_nothing_special() => Assert.Equal(Ordinary, Describe(ExtractRequest.Scheduled));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_damaged_event_is_read_or_refused_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        byte[][] events =
        [
            Encoding.UTF8.GetBytes(Notification(@"st\u0061ff/\ud83d\ude00.json")),
            """{"Event": "s3:TestEvent", "full": true, "read": ["staff"], "acceptDeletes": ["a"]}"""u8.ToArray(),
        ];
        for (var round = 0; round < 2 * ProofSize.DamagedTexts; round++)
        {
            var damaged = Damage.Of(events[round % 2], random);
            ReadOrRefuse(() => StageEvent.Read(new MemoryStream(damaged)));
            ReadOrRefuse(() => ExtractRequest.ReadEvent(new MemoryStream(damaged)));
        }

        output.WriteLine($"{2 * ProofSize.DamagedTexts} damaged events from seed {seed}.");
    }

    private static void Check(string meaning, string expected, Func<string> read)
    {
        if (meaning == Sweep || meaning.StartsWith(NoWork, StringComparison.Ordinal) || meaning.StartsWith(Ordinary, StringComparison.Ordinal))
        {
            Assert.Equal(meaning, read());
            return;
        }

        var refusal = Assert.Throws<InvalidEventException>(read);
        Assert.Contains(meaning, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Null(refusal.InnerException);
    }

    private static void ReadOrRefuse(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidEventException exception)
        {
            Assert.Contains("expected", exception.Message, StringComparison.Ordinal);
        }
    }

    private static string Describe(StageEvent stageEvent) => stageEvent is StageEvent.Doorbell doorbell
        ? $"doorbell: {string.Join(", ", doorbell.Objects.Select(created => $"{created.Bucket} {created.Key}"))}"
        : Sweep;

    private static string Describe(ExtractRequest request) => $"run: {string.Join(", ", ((string[])
    [
        .. request.IsFull ? ["full"] : Array.Empty<string>(),
        .. Names("read", request.Read),
        .. Names("accept", request.AcceptDeletes),
        .. Names("twice", request.NamedTwice),
    ]).AsEnumerable())}";

    private static IEnumerable<string> Names(string verb, IEnumerable<TableName> tables) => tables.Select(table => $"{verb} {table}").Order(StringComparer.Ordinal);

    private static string Notification(string key) =>
        $$$"""{"Records": [{"eventVersion": "2.1", "eventName": "ObjectCreated:Put", "s3": {"object": {"size": 7, "key": "{{{key}}}" }, "bucket": {"name": "lake" } } }]}""";
}
