using System.Globalization;

namespace EtlPipeline.Core.Settings;

/// <summary>How the texts of settings are read: in any case, in no culture.</summary>
internal static class SettingFormat
{
    public static bool Boolean(string text) => bool.TryParse(text, out var value) ? value : throw new SettingFormatException();

    public static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw new SettingFormatException();

    public static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var value) && value.Scheme is ("http" or "https") ? value : throw new SettingFormatException();

    public static Func<string, int> Number(int from, int to) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to
            ? value
            : throw new SettingFormatException();

    public static Func<string, T> Choice<T>(params (string Name, T Value)[] choices) => text =>
        choices.FirstOrDefault(choice => choice.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Name: not null } chosen
            ? chosen.Value
            : throw new SettingFormatException();
}

/// <summary>A setting is none of its valid choices, which its meaning lists already: the message would add nothing.</summary>
internal sealed class SettingFormatException : FormatException;
