using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class StageEventTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Records": null}""")]
    [InlineData("""{"time": "2026-11-23T12:45:03Z", "detail-type": "Scheduled Event"}""")]
    [InlineData("""{"Event": "something else"}""")]
    [InlineData("""{"Event": 7}""")]
    public void An_object_without_records_is_a_sweep(string json) => Assert.IsType<StageEvent.Sweep>(Parse(json));

    [Fact]
    public void Every_record_of_a_created_object_is_read()
    {
        var doorbell = Doorbell($$"""{"Records": [{{Record("ObjectCreated:Put", "lake", "staff/1.json")}}, {{Record("ObjectCreated:CompleteMultipartUpload", "pond", "address/2.json")}}]}""");

        Assert.Equal([new CreatedObject("lake", "staff/1.json"), new CreatedObject("pond", "address/2.json")], doorbell.Objects);
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
        Assert.Equal(key, Assert.Single(Doorbell($$"""{"Records": [{{Record("ObjectCreated:Put", "lake", encoded)}}]}""").Objects).Key);

    [Fact]
    public void An_event_nested_ten_thousand_deep_is_refused() => Assert.Throws<InvalidEventException>(
        () => Parse($$"""{"Records": {{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""));

    [Fact]
    public void Removed_objects_are_no_work()
    {
        var doorbell = Doorbell($$"""{"Records": [{{Record("ObjectRemoved:Delete", "lake", "staff/1.json")}}, {"eventName": "LifecycleExpiration:Delete"}]}""");

        Assert.Empty(doorbell.Objects);
    }

    [Theory]
    [InlineData("""{"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-23T12:45:03Z", "Bucket": "lake"}""")]
    [InlineData("""{"Records": []}""")]
    public void A_test_event_and_an_empty_list_are_no_work(string json) => Assert.Empty(Doorbell(json).Objects);

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("   ", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("[]", "a JSON Array")]
    [InlineData("null", "a JSON Null")]
    [InlineData("\"text\"", "a JSON String")]
    [InlineData("7", "a JSON Number")]
    [InlineData("""{"Records": {}}""", "Records are no list")]
    [InlineData("""{"Records": "x"}""", "Records are no list")]
    [InlineData("""{"Records": [1]}""", "'eventName'")]
    [InlineData("""{"Records": [{}]}""", "'eventName'")]
    [InlineData("""{"Records": [{"eventName": 1}]}""", "'eventName' of a record of the event is no string")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put"}]}""", "'s3'")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": 1}]}""", "'bucket'")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {}}}]}""", "'name'")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}}}]}""", "'object'")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": null}}}]}""", "'key'")]
    [InlineData("""{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": "\ud800"}}}]}""", "not valid Unicode")]
    public void Anything_else_is_an_error_that_says_what_was_expected(string json, string fault)
    {
        var message = Assert.Throws<InvalidEventException>(() => Parse(json)).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("expected the JSON of an S3 notification", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_where_the_JSON_breaks_is_named() =>
        Assert.Contains("line 2, byte 1", Assert.Throws<InvalidEventException>(() => Parse("{\n}}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_damaged_event_is_read_or_refused_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        var json = Encoding.UTF8.GetBytes($$"""{"Records": [{{Record("ObjectCreated:Put", "lake", @"st\u0061ff/\ud83d\ude00.json")}}], "full": true, "acceptDeletes": ["a"]}""");
        for (var round = 0; round < 2 * ProofSize.DamagedTexts; round++)
        {
            var damaged = Damage.Of(json, random);
            ReadOrRefuse(() => StageEvent.Parse(damaged));
            ReadOrRefuse(() => ExtractRequest.Parse(damaged));
        }

        output.WriteLine($"{2 * ProofSize.DamagedTexts} damaged events from seed {seed}.");
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

    private static string Record(string name, string bucket, string key) =>
        $$$"""{"eventVersion": "2.1", "eventName": "{{{name}}}", "s3": {"object": {"size": 7, "key": "{{{key}}}" }, "bucket": {"name": "{{{bucket}}}" } } }""";

    private static StageEvent.Doorbell Doorbell(string json) => Assert.IsType<StageEvent.Doorbell>(Parse(json));

    private static StageEvent Parse(string json) => StageEvent.Parse(Encoding.UTF8.GetBytes(json));
}
