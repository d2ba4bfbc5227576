using EtlPipeline.Core.Resources;

namespace EtlPipeline.Report.Pages;

/// <summary>The look of the page. It is written into it as XML text, and so has none of the characters that are escaped there.</summary>
internal static class Stylesheet
{
    public static string Read() => EmbeddedText.Read(typeof(Stylesheet).Assembly, "report.css");
}
