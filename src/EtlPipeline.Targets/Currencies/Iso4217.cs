using System.Collections.Frozen;
using EtlPipeline.Core.Resources;

namespace EtlPipeline.Targets.Currencies;

/// <summary>
/// The currencies of ISO 4217, <i>Codes for the representation of currencies</i>, List One: the active codes, and those withdrawn since
/// 2021, because orders of that time are still there.
/// </summary>
public static class Iso4217
{
    private static readonly FrozenDictionary<string, string> NamesByCode = ReadNames();

    /// <summary>The English names, by code.</summary>
    public static IReadOnlyDictionary<string, string> Names => NamesByCode;

    /// <summary>The English name of a currency, or null if there is no such code.</summary>
    /// <param name="code">Three capital letters.</param>
    public static string? FindName(string code) => NamesByCode.GetValueOrDefault(code);

    private static FrozenDictionary<string, string> ReadNames() =>
        EmbeddedText.Read(typeof(Iso4217).Assembly, "iso-4217.csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',', 2))
            .ToFrozenDictionary(fields => fields[0], fields => fields[1], StringComparer.Ordinal);
}
