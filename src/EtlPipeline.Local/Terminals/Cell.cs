using System.Globalization;
using Spectre.Console;

namespace EtlPipeline.Local.Terminals;

/// <summary>Values in a table's cells; texts are never read as markup.</summary>
internal static class Cell
{
    public static Text Of(string? text, string style = "default") => new(text ?? "–", Style.Parse(style));

    /// <summary>A count; zero is dim, so that what happened stands out.</summary>
    public static Text Count(long? count, string style = "default") => count switch
    {
        null => new Text("–", Style.Parse("grey")),
        0 => new Text("0", Style.Parse("grey")),
        _ => new Text(Number(count.Value), Style.Parse(style)),
    };

    public static Text Duration(TimeSpan duration) =>
        new($"{duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s", Style.Parse("grey"));

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
