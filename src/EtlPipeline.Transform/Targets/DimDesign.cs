using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_design</c>: the designs.</summary>
internal sealed class DimDesign : Dimension<DimDesign.Design>
{
    public DimDesign() : base("dim_design", source: "design")
    {
        Integer("design_id", design => design.DesignId);
        Text("design_name", design => design.DesignName);
        Text("file_location", design => design.FileLocation);
        Text("file_name", design => design.FileName);
    }

    protected override Design Read(SourceRow row) => new(
        DesignId: row.Integer("design_id"),
        DesignName: row.Text("design_name"),
        FileLocation: row.Text("file_location"),
        FileName: row.Text("file_name"));

    internal sealed record Design(int DesignId, string DesignName, string FileLocation, string FileName);
}
