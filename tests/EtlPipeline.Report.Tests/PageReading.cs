using System.Xml.Linq;

namespace EtlPipeline.Report.Tests;

/// <summary>What a reader finds on the page.</summary>
internal static class PageReading
{
    public static XElement Section(this XElement page, string id) =>
        page.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    /// <summary>The figure under a heading that is shown when the page is opened.</summary>
    public static XElement Figure(this XElement section, string heading) =>
        section.Descendants("figure").First(figure => figure.Element("figcaption")!.Value == heading && figure.AncestorsAndSelf().All(element => element.Attribute("hidden") is null));

    /// <summary>What a pointer is told about the values of a chart.</summary>
    public static IReadOnlyList<string> Hints(this XElement figure) =>
        [.. figure.Descendants("title").Where(title => title.Parent!.Name != "svg").Select(title => title.Value)];

    /// <summary>The rows of the table under a caption that is shown when the page is opened, with bars between the cells.</summary>
    public static IReadOnlyList<string> Rows(this XElement section, string caption)
    {
        var table = section.Descendants("table").First(table => table.Element("caption")!.Value == caption && table.Ancestors().All(element => element.Attribute("hidden") is null));
        return [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value)))];
    }
}
