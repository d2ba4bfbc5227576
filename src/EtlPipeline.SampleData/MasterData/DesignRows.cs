using System.Globalization;
using EtlPipeline.SampleData.Orders;
using EtlPipeline.SampleData.Randomness;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>design</c>: a few on the first day, about one more a day; their files move about in silence.</summary>
internal static class DesignRows
{
    /// <summary>How many there are before the first order.</summary>
    public const int CountAtStart = 8;

    private static readonly string[] Materials =
    [
        "Wooden", "Steel", "Granite", "Cotton", "Bronze", "Rubber", "Plastic", "Fresh", "Frozen", "Soft", "Metal", "Concrete",
        "Handmade", "Refined", "Papier-mâché",
    ];

    private static readonly string[] Folders =
    [
        "/usr", "/usr/local/src", "/private", "/private/var", "/private/tmp", "/lib", "/opt/include", "/root", "/boot/defaults",
        "/etc/mail", "/home/user/dir", "/Users",
    ];

    public static IEnumerable<Design> Of(Scene scene)
    {
        if (!scene.IsFounded) yield break;
        for (var key = 1; key <= CountAtStart; key++) yield return Row(key, scene.FoundedAt, scene);
        foreach (var day in scene.Days)
        {
            for (var position = 0; position < day.Designs; position++)
            {
                var createdAt = day.DesignTime(position, scene.Draws);
                if (!scene.HasCome(createdAt)) yield break;
                yield return Row(day.DesignsBefore + position + 1, createdAt, scene);
            }
        }
    }

    private static Design Row(int key, DateTime createdAt, Scene scene)
    {
        var draws = scene.Draws.For(Topic.Design, key);
        var name = draws.Pick(Materials);
        var folder = Folders[(draws.Below(Folders.Length) + scene.SilentUpdates.OfDesign(key)) % Folders.Length];
        return new Design(key, createdAt, name, folder, FileName(name, createdAt, ref draws), createdAt);
    }

    private static string FileName(string name, DateTime createdAt, ref SplitMix64 draws)
    {
        Span<char> suffix = stackalloc char[4];
        foreach (ref var letter in suffix) letter = (char)('a' + draws.Below(26));
        return string.Create(CultureInfo.InvariantCulture, $"{name.ToLowerInvariant()}-{createdAt:yyyyMMdd}-{suffix}.json");
    }
}
