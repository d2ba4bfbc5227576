using System.Globalization;
using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.SampleData.Words;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>address</c>; their telephone numbers change.</summary>
internal static class AddressRows
{
    public const int Count = 30;

    public static IEnumerable<Address> Of(Scene scene) =>
        scene.IsFounded ? Enumerable.Range(1, Count).Select(key => Row(key, scene)) : [];

    private static Address Row(int key, Scene scene)
    {
        var recurrence = Recurrence.Of(Topic.Address, key, scene);
        var updates = recurrence.CountUntil(scene.Moment);
        var draws = scene.Draws.For(Topic.Address, key);
        var phoneDraws = scene.Draws.For(Topic.Address, key, 1 + updates);
        return new Address(
            key,
            Places.Street(ref draws),
            key % 3 == 0 ? string.Create(CultureInfo.InvariantCulture, $"Suite {draws.Between(1, 400)}") : null,
            key % 2 == 0 ? draws.Pick(Places.Districts) : null,
            draws.Pick(Places.Cities),
            Places.PostalCode(key, ref draws),
            draws.Pick(Places.Countries),
            Places.Phone(key, ref phoneDraws),
            scene.FoundedAt,
            recurrence.LastUpdated(updates, scene.FoundedAt));
    }
}
