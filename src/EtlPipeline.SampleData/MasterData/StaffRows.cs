using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.SampleData.Words;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>staff</c>, who move from department to department.</summary>
internal static class StaffRows
{
    public const int Count = 20;

    public static IEnumerable<Staff> Of(Scene scene) =>
        scene.IsFounded ? Enumerable.Range(1, Count).Select(key => Row(key, scene)) : [];

    private static Staff Row(int key, Scene scene)
    {
        var recurrence = Recurrence.Of(Topic.Staff, key, scene);
        var updates = recurrence.CountUntil(scene.Moment);
        var draws = scene.Draws.For(Topic.Staff, key);
        var firstName = People.FirstNames[key - 1];
        var lastName = People.LastNames[(key + FirstLastName(scene)) % People.LastNames.Count];
        return new Staff(
            key,
            firstName,
            lastName,
            1 + (draws.Below(DepartmentRows.Count) + updates * draws.Between(1, DepartmentRows.Count - 1)) % DepartmentRows.Count,
            $"{Letters(firstName)}.{Letters(lastName)}@totesys.example",
            scene.FoundedAt,
            recurrence.LastUpdated(updates, scene.FoundedAt));
    }

    /// <summary>Everybody has another last name, and one of the two with an apostrophe is always there.</summary>
    private static int FirstLastName(Scene scene) => scene.Draws.For(Topic.Staff, 0).Below(People.LastNames.Count);

    private static string Letters(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetter));
}
