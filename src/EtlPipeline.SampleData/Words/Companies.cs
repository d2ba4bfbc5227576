using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Words;

/// <summary>Names of companies, made up. The patterns take turns, so that each kind of punctuation is in every history.</summary>
internal static class Companies
{
    private static readonly string[] Founders =
    [
        "Fahey", "Marsh", "Leannon", "Armstrong", "Kohler", "Hahn", "Ruecker", "Crane", "Tillman", "Bogisich", "Yost", "Grady",
        "Whitlock", "Penhale", "Ashdown", "Bexley", "Thornbury", "Cargill-Moss", "Larkin", "Stroud",
    ];

    private static readonly string[] WithApostrophe = ["O'Keefe", "O'Hara", "D'Angelo", "O'Connell", "D'Souza", "L'Estrange"];

    private static readonly string[] WithAccent = ["Łukasiewicz", "Nuñez", "Sjöberg", "Dvořák", "Çelik", "Weiß", "東京文具", "Ὀδυσσεύς"];

    public static string Name(int number, ref SplitMix64 draws)
    {
        var (first, second, third) = (draws.Pick(Founders), draws.Pick(Founders), draws.Pick(Founders));
        return (number % 8) switch
        {
            1 => $"{draws.Pick(WithApostrophe)}, {first} & Sons (UK) Ltd",
            2 => $"{first} Inc",
            3 => $"{first}, {second} and {third}",
            4 => $"{draws.Pick(WithAccent)} GmbH",
            5 => $"{first} {second} LLC",
            6 => $"{draws.Pick(WithApostrophe)} Group",
            7 => $"{first} & {second} (Holdings)",
            _ => $"{first} and Sons",
        };
    }
}
