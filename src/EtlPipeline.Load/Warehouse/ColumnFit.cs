using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlPipeline.Load.Warehouse;

/// <summary>How a column of the warehouse goes with the type that a description asks for.</summary>
internal enum ColumnFit
{
    /// <summary>It holds every value of that type.</summary>
    Holds,

    /// <summary>It can be given that type, which holds every value that it has.</summary>
    Widens,

    /// <summary>Neither.</summary>
    Differs,
}

/// <summary>Compares types as PostgreSQL prints them.</summary>
internal static partial class ColumnFits
{
    private static readonly string[] Integers = ["smallint", "integer", "bigint"];
    private static readonly int[] IntegerDigits = [5, 10, 19];

    /// <summary>Compares the type that a column has, underneath, with the one that is asked for.</summary>
    public static ColumnFit Compare(string actual, string wanted)
    {
        if (actual == wanted) return ColumnFit.Holds;
        var (from, to) = (Parse(actual), Parse(wanted));
        if (Holds(from, to)) return ColumnFit.Holds;
        return from.Name != "enum" && Holds(to, from) ? ColumnFit.Widens : ColumnFit.Differs;
    }

    /// <summary>Whether a type holds every value of another one.</summary>
    private static bool Holds(ParsedType type, ParsedType other)
    {
        if (type.IsArray != other.IsArray) return false;
        if (type.IsText && other.IsText) return type.Length is null || type.Length >= other.Length;
        if (type.Name == "enum") return other.IsText;
        var (rank, otherRank) = (Array.IndexOf(Integers, type.Name), Array.IndexOf(Integers, other.Name));
        if (rank >= 0) return otherRank >= 0 && rank >= otherRank;
        if (type.Name == "numeric")
        {
            if (otherRank >= 0) return type.Length is null || type.Length - type.Scale >= IntegerDigits[otherRank];
            return other.Name == "numeric"
                && (type.Length is null || (other.Length is { } && type.Scale >= other.Scale && type.Length - type.Scale >= other.Length - other.Scale));
        }

        if (type.Name == "double precision") return other.Name is "real" or "double precision";
        return type.Name == other.Name && (type.Length is null || type.Length >= other.Length);
    }

    private static ParsedType Parse(string type)
    {
        var match = Pattern().Match(type);
        return new ParsedType(match.Groups["name"].Value + match.Groups["rest"].Value, Number("length"), Number("scale") ?? 0, match.Groups["array"].Success);

        int? Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^(?<name>.*?)(\((?<length>\d+)(,(?<scale>-?\d+))?\))?(?<rest> with(out)? time zone)?(?<array>\[\])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    private sealed record ParsedType(string Name, int? Length, int Scale, bool IsArray)
    {
        public bool IsText => Name is "text" or "character varying" or "character";
    }
}
