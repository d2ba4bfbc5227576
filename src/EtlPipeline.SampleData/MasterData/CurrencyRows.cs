using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.MasterData;

/// <summary>Makes the rows of <c>currency</c>, which never change.</summary>
internal static class CurrencyRows
{
    private static readonly string[] Codes = ["GBP", "USD", "EUR"];

    public static int Count => Codes.Length;

    public static IEnumerable<Currency> Of(Scene scene) => scene.IsFounded
        ? Codes.Select((code, position) => new Currency(position + 1, code, scene.FoundedAt, scene.FoundedAt))
        : [];
}
