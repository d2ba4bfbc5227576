using System.Text.Json;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Status;

namespace EtlPipeline.Local.Tests.Status;

public sealed class StatusJsonTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_keys_are_these_and_none_is_left_out()
    {
        var department = new TableStatus { Table = TableName.Parse("department"), Target = null };

        using var document = JsonDocument.Parse(StatusJson.Write(new PipelineStatus(Now, null, [department])));

        Assert.Equal(["checkedAt", "lastRunAt", "lastRunAgeSeconds", "isUpToDate", "tables"], Keys(document.RootElement));
        Assert.Equal(
            ["table", "target", "sourceRows", "ingestedVersion", "processedVersion", "loadedVersion", "warehouseRows", "rejectedRows", "pendingTransform", "pendingLoad"],
            Keys(document.RootElement.GetProperty("tables")[0]));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("lastRunAgeSeconds").ValueKind);
    }

    [Fact]
    public void Values_have_the_forms_that_the_buckets_and_JSON_have()
    {
        var staff = new TableStatus
        {
            Table = TableName.Parse("staff"),
            Target = TableName.Parse("dim_staff"),
            SourceRows = 20,
            Ingested = TableVersion.Parse("2026-11-23_12-45-03-123456"),
            PendingTransform = 1,
        };

        using var document = JsonDocument.Parse(StatusJson.Write(new PipelineStatus(Now, Now.AddSeconds(-90.5), [staff])));
        var root = document.RootElement;

        Assert.Equal("2026-11-25T12:00:00.000Z", root.GetProperty("checkedAt").GetString());
        Assert.Equal(90, root.GetProperty("lastRunAgeSeconds").GetInt64());
        Assert.False(root.GetProperty("isUpToDate").GetBoolean());
        Assert.Equal("2026-11-23_12-45-03-123456", root.GetProperty("tables")[0].GetProperty("ingestedVersion").GetString());
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
