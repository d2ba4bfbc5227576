using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_location</c>: the addresses to which orders are delivered.</summary>
internal sealed class DimLocation : Dimension<DimLocation.Address>
{
    public DimLocation() : base("dim_location", source: "address", comment: "The addresses to which orders are delivered.")
    {
        IntegerKey("location_id", from: "address_id").Comment("The address's number in the source.");
        Varchar("address_line_1", address => address.AddressLine1).Comment("First line of the address.");
        Varchar("address_line_2", address => address.AddressLine2).Optional().Comment("Second line of the address.");
        Varchar("district", address => address.District).Optional().Comment("The district.");
        Varchar("city", address => address.City).Comment("The city.");
        Varchar("postal_code", address => address.PostalCode).Comment("The postal code; zeros in front count.");
        Varchar("country", address => address.Country).Comment("The country.");
        Varchar("phone", address => address.Phone).Comment("The phone number at the address.");
    }

    protected override Address Read(SourceRow row) => new(
        AddressLine1: row.Text("address_line_1"),
        AddressLine2: row.OptionalText("address_line_2"),
        District: row.OptionalText("district"),
        City: row.Text("city"),
        PostalCode: row.Text("postal_code"),
        Country: row.Text("country"),
        Phone: row.Text("phone"));

    internal sealed record Address(
        string AddressLine1,
        string? AddressLine2,
        string? District,
        string City,
        string PostalCode,
        string Country,
        string Phone);
}
