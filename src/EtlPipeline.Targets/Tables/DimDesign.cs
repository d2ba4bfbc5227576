using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_design</c>: the designs.</summary>
internal sealed class DimDesign : Dimension<DimDesign.Design>
{
    public DimDesign() : base("dim_design", source: "design", comment: "The designs of the totes that are sold. Names repeat: group by design_id.")
    {
        IntegerKey("design_id", from: "design_id").Comment("The design's number in the source.");
        Varchar("design_name", design => design.Name).Comment("Its name; several designs may have the same.");
        Varchar("file_location", design => design.FileLocation).Comment("The folder of its file.");
        Varchar("file_name", design => design.FileName).Comment("The name of its file.");
    }

    protected override Design Read(SourceRow row) => new(
        Name: row.Text("design_name"),
        FileLocation: row.Text("file_location"),
        FileName: row.Text("file_name"));

    internal sealed record Design(string Name, string FileLocation, string FileName);
}
