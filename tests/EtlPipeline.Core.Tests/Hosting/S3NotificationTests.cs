using System.Text.Json;
using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class S3NotificationTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 14, 45, 3, TimeSpan.FromHours(2));

    [Fact]
    public void A_stage_reads_the_objects_that_were_written()
    {
        CreatedObject[] objects =
        [
            new("file:///srv/lake", "staff/2026-11-23_12-45-03-123456.json"),
            new("lake", "a b+c/100% ünï&=?#\"\\😀.json"),
        ];

        var doorbell = Assert.IsType<StageEvent.Doorbell>(StageEvent.Parse(S3Notification.Write(objects, At)));

        Assert.Equal(objects, doorbell.Objects);
    }

    [Fact]
    public void Nothing_created_is_an_empty_list() =>
        Assert.Empty(Assert.IsType<StageEvent.Doorbell>(StageEvent.Parse(S3Notification.Write([], At))).Objects);

    [Fact]
    public void A_record_has_the_form_of_Amazon_S3()
    {
        using var json = JsonDocument.Parse(S3Notification.Write([new CreatedObject("lake", "a b/c.json")], At));

        var record = json.RootElement.GetProperty("Records")[0];
        Assert.Equal("2.1", record.GetProperty("eventVersion").GetString());
        Assert.Equal("ObjectCreated:Put", record.GetProperty("eventName").GetString());
        Assert.Equal("2026-11-23T12:45:03Z", record.GetProperty("eventTime").GetString());
        Assert.Equal("lake", record.GetProperty("s3").GetProperty("bucket").GetProperty("name").GetString());
        Assert.Equal("a+b/c.json", record.GetProperty("s3").GetProperty("object").GetProperty("key").GetString());
    }
}
