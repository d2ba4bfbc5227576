using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.SampleData.Words;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>counterparty</c>; their contacts change.</summary>
internal static class CounterpartyRows
{
    public const int Count = 20;

    public static IEnumerable<Counterparty> Of(Scene scene) =>
        scene.IsFounded ? Enumerable.Range(1, Count).Select(key => Row(key, scene)) : [];

    private static Counterparty Row(int key, Scene scene)
    {
        var recurrence = Recurrence.Of(Topic.Counterparty, key, scene);
        var updates = recurrence.CountUntil(scene.Moment);
        var draws = scene.Draws.For(Topic.Counterparty, key);
        var contactDraws = scene.Draws.For(Topic.Counterparty, key, 1 + updates);
        return new Counterparty(
            key,
            Companies.Name(key, ref draws),
            draws.Between(1, AddressRows.Count),
            People.FullName(ref contactDraws),
            People.FullName(ref contactDraws),
            scene.FoundedAt,
            recurrence.LastUpdated(updates, scene.FoundedAt));
    }
}
