using EtlPipeline.Core.Hosting;
using EtlPipeline.Pipeline.Tests.Harness;

namespace EtlPipeline.Pipeline.Tests.Events;

/// <summary>Delivers the buckets' events as a bad day would: dropped, doubled, late, in any order, several at once. All of it follows from the seed.</summary>
internal sealed class EventSchedule(TestPipeline pipeline, Random random)
{
    private readonly List<Func<Task>> _waiting = [];

    /// <summary>Whether an event was dropped, so that only a sweep brings its version.</summary>
    public bool HasLostAny { get; private set; }

    /// <summary>Delivers some of what waits.</summary>
    public async Task DeliverSomeAsync()
    {
        Collect();
        for (var left = random.Next(_waiting.Count + 1); left > 0; left -= 2)
        {
            await Task.WhenAll(Take(Math.Min(2, _waiting.Count)).Select(deliver => deliver()).ToList());
            Collect();
        }
    }

    /// <summary>Delivers what waits until nothing comes up any more.</summary>
    public async Task DeliverAllAsync()
    {
        for (Collect(); _waiting.Count > 0; Collect()) await Take(1).Single()();
    }

    private void Collect()
    {
        foreach (var created in pipeline.Ingestion.TakeEvents()) Schedule(() => pipeline.TransformAsync(TestPipeline.OverTheWire(created)));
        foreach (var created in pipeline.Processed.TakeEvents()) Schedule(() => pipeline.LoadAsync(TestPipeline.OverTheWire(created)));
    }

    private void Schedule(Func<Task> deliver)
    {
        switch (random.Next(8))
        {
            case 0:
                HasLostAny = true;
                break;
            case 1:
                _waiting.AddRange([deliver, deliver]);
                break;
            default:
                _waiting.Add(deliver);
                break;
        }
    }

    private List<Func<Task>> Take(int count)
    {
        var taken = new List<Func<Task>>();
        while (taken.Count < count)
        {
            var index = random.Next(_waiting.Count);
            taken.Add(_waiting[index]);
            _waiting.RemoveAt(index);
        }

        return taken;
    }
}
