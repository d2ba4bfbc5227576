using System.Globalization;
using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Words;

/// <summary>Parts of addresses, made up.</summary>
internal static class Places
{
    private static readonly string[] Streets =
    [
        "Herzog", "Alexie", "Sincere", "Kirby", "Mill", "St John's", "Plum Orchard", "Quay", "Beech", "Saint-Rémi", "Cotton", "Harbour",
    ];

    private static readonly string[] Endings = ["Via", "Cliffs", "Walk", "Ridge", "Lane", "Road", "Street", "Mews", "Terrace"];

    /// <summary>Towns.</summary>
    public static IReadOnlyList<string> Cities { get; } =
    [
        "New Patienceburgh", "Aliso Viejo", "Lake Charles", "Bury St Edmunds", "Olsonside", "Fort Shanaport", "Sunrise", "Kendal",
        "Stoke-on-Trent", "Åkersberga", "Port Elvera", "Leeds",
    ];

    /// <summary>Counties and districts.</summary>
    public static IReadOnlyList<string> Districts { get; } =
        ["Avon", "Bedfordshire", "Cambridgeshire", "Cumbria", "Tyne & Wear", "Borders"];

    /// <summary>Countries; some hold commas, apostrophes and accents.</summary>
    public static IReadOnlyList<string> Countries { get; } =
    [
        "Turkey", "San Marino", "Virgin Islands, U.S.", "Côte d'Ivoire", "United Kingdom", "Northern Mariana Islands", "Sweden",
        "Falkland Islands (Malvinas)", "Iceland",
    ];

    public static string Street(ref SplitMix64 draws) =>
        string.Create(CultureInfo.InvariantCulture, $"{draws.Between(1, 9999)} {draws.Pick(Streets)} {draws.Pick(Endings)}");

    /// <summary>At least every fourth begins with a zero, as <c>08841</c>.</summary>
    public static string PostalCode(int number, ref SplitMix64 draws) => (number % 4) switch
    {
        1 => string.Create(CultureInfo.InvariantCulture, $"0{draws.Below(10_000):D4}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"{draws.Below(100_000):D5}-{draws.Below(10_000):D4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{draws.Below(100_000):D5}"),
    };

    /// <summary>Every second begins with a zero, as <c>0447 798320</c>.</summary>
    public static string Phone(int number, ref SplitMix64 draws) => number % 2 == 1
        ? string.Create(CultureInfo.InvariantCulture, $"0{draws.Below(1_000):D3} {draws.Below(1_000_000):D6}")
        : string.Create(CultureInfo.InvariantCulture, $"{draws.Between(1_000, 9_999)} {draws.Below(1_000_000):D6}");
}
