using System.CommandLine.Parsing;
using System.Globalization;

namespace EtlPipeline.Local.CommandLine;

/// <summary>Reads intervals as <c>30s</c>, <c>5m</c> and <c>1h</c>.</summary>
internal static class Interval
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The interval of an option; an error of the command line where it is none.</summary>
    public static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 0 ? string.Empty : argument.Tokens[0].Value;
        if (TryParse(text, out var interval)) return interval;
        argument.AddError($"'{text}' is no interval: write a whole number and s, m or h, such as 30s, 5m or 1h; from 1s to 24h.");
        return null;
    }

    public static bool TryParse(string text, out TimeSpan interval)
    {
        interval = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        if (unit == TimeSpan.Zero || number < 1 || number > Longest / unit) return false;
        interval = unit * number;
        return true;
    }
}
