using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.SampleData.Words;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>department</c>; their managers and places change.</summary>
internal static class DepartmentRows
{
    private static readonly string[] Names =
        ["Sales", "Purchasing", "Production", "Dispatch", "Finance", "Facilities", "Communications", "HR"];

    private static readonly string[] Locations = ["Manchester", "Leeds", "Liverpool", "Sheffield", "Kendal", "York"];

    public static int Count => Names.Length;

    public static IEnumerable<Department> Of(Scene scene) =>
        scene.IsFounded ? Names.Select((name, position) => Row(position + 1, name, scene)) : [];

    private static Department Row(int key, string name, Scene scene)
    {
        var recurrence = Recurrence.Of(Topic.Department, key, scene);
        var updates = recurrence.CountUntil(scene.Moment);
        var draws = scene.Draws.For(Topic.Department, key, updates);
        return new Department(
            key,
            name,
            draws.Pick(Locations),
            People.FullName(ref draws),
            scene.FoundedAt,
            recurrence.LastUpdated(updates, scene.FoundedAt));
    }
}
