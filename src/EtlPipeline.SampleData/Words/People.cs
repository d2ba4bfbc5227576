using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Words;

/// <summary>Names of people, made up.</summary>
internal static class People
{
    /// <summary>First names of staff.</summary>
    public static IReadOnlyList<string> FirstNames { get; } =
    [
        "Ada", "Jeremie", "Deron", "Jeanette", "Ana", "Magdalena", "Korey", "Raphael", "Lisette", "Flavio", "Hazel", "Brendan",
        "Imani", "Tobias", "Priya", "Wendell", "Noor", "Casper", "Elva", "Mathilde", "Osman", "Zoë", "Renée", "Gustav",
    ];

    /// <summary>Last names; the apostrophes and accents are what real data has.</summary>
    public static IReadOnlyList<string> LastNames { get; } =
    [
        "O'Keefe", "Marsh", "Beier", "Erdman", "Glover", "Zieme", "Kunze", "Becker", "Homenick", "Kulas", "D'Amore", "Sauer",
        "Nuñez", "Okafor", "Lindqvist", "Rolfson", "Mann-Hill", "Dvořák", "Haag", "Predovic", "Abbott", "Müller", "Shields", "İnönü",
    ];

    public static string FullName(ref SplitMix64 draws) => $"{draws.Pick(FirstNames)} {draws.Pick(LastNames)}";
}
