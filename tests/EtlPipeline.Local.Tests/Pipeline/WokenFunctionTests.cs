using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Pipeline;

public sealed class WokenFunctionTests
{
    private readonly List<StageEvent> _events = [];
    private readonly List<InvocationFailure> _failures = [];

    [Fact]
    public async Task What_rings_before_an_invocation_is_one_event_with_the_newest_object_of_each_table()
    {
        var function = new WokenFunction("load", TakeAsync, _failures);
        function.Ring(Object("dim_staff/1"));
        function.Ring(Object("dim_design/1"));
        function.Ring(Object("dim_staff/2"));
        function.EndWhenSilent();

        await function.RunUntilSilentAsync(TestContext.Current.CancellationToken);

        Assert.Equal([Object("dim_staff/2"), Object("dim_design/1")], Assert.IsType<StageEvent.Doorbell>(Assert.Single(_events)).Objects);
    }

    [Fact]
    public async Task A_sweep_stands_for_everything_that_rang()
    {
        var function = new WokenFunction("load", TakeAsync, _failures);
        function.Ring(Object("dim_staff/1"));
        function.Sweep();
        function.EndWhenSilent();

        await function.RunUntilSilentAsync(TestContext.Current.CancellationToken);

        Assert.IsType<StageEvent.Sweep>(Assert.Single(_events));
    }

    [Fact]
    public async Task What_rings_during_an_invocation_is_the_next_one_and_a_failure_ends_neither()
    {
        WokenFunction? function = null;
        function = new WokenFunction("load", FailAsync, _failures);
        function.Ring(Object("dim_staff/1"));

        await function.RunUntilSilentAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, _events.Count);
        Assert.All(_failures, failure => Assert.Equal("load", failure.Function));
        Assert.Equal(2, _failures.Count);

        Task FailAsync(StageEvent stageEvent, Invocation invocation)
        {
            _events.Add(stageEvent);
            if (_events.Count == 1) function!.Ring(Object("dim_design/1"));
            function!.EndWhenSilent();
            throw new PipelineException("it is broken");
        }
    }

    [Fact]
    public async Task An_object_that_makes_a_version_rings_when_it_is_written_and_no_other_one()
    {
        using var folder = new TestFolder();
        var rung = new List<string>();
        var store = new NotifyingObjectStore(folder.Bucket("ingestion"), VersionKey.RowsSuffix, created => rung.Add(created.Key));
        const string key = "staff/2026-11-23_12-45-03-123456.json.gz";

        Assert.True(await store.PutIfAbsentAsync(key, Body(), [], TestContext.Current.CancellationToken));
        Assert.False(await store.PutIfAbsentAsync(key, Body(), [], TestContext.Current.CancellationToken));
        await store.PutIfAbsentAsync("staff/2026-11-23_12-45-03-123456.segments", Body(), [], TestContext.Current.CancellationToken);
        await store.ReplaceAsync("timestamp", Body(), TestContext.Current.CancellationToken);

        Assert.Equal([key], rung);
        Assert.Equal(2, (await store.DescribeAsync(key, TestContext.Current.CancellationToken))!.Size);
    }

    private static CreatedObject Object(string key) => new("processed", key);

    private static MemoryStream Body() => new("[]"u8.ToArray());

    private Task TakeAsync(StageEvent stageEvent, Invocation invocation)
    {
        _events.Add(stageEvent);
        return Task.CompletedTask;
    }
}
