using System.Xml.Linq;

namespace EtlPipeline.Report.Tests;

/// <summary>What a reader finds on the page.</summary>
internal static class PageReading
{
    public static XElement Section(this XElement page, string id) =>
        page.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    /// <summary>The figure under a heading.</summary>
    public static XElement Figure(this XElement section, string heading) =>
        section.Descendants("figure").Single(figure => figure.Element("figcaption")!.Value == heading);

    /// <summary>What a pointer is told about the values of a chart.</summary>
    public static IReadOnlyList<string> Hints(this XElement figure) =>
        [.. figure.Descendants("title").Where(title => title.Parent!.Name != "svg").Select(title => title.Value)];

    /// <summary>The rows of the table under a caption, with bars between the cells.</summary>
    public static IReadOnlyList<string> Rows(this XElement section, string caption)
    {
        var table = section.Descendants("table").Single(table => table.Element("caption")!.Value == caption);
        return [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join('|', row.Elements("td").Select(cell => cell.Value)))];
    }
}
