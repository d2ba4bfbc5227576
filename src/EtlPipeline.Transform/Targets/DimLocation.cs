using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_location</c>: the addresses to which orders are delivered.</summary>
internal sealed class DimLocation : Dimension<DimLocation.Address>
{
    public DimLocation() : base("dim_location", source: "address")
    {
        Integer("location_id", address => address.AddressId);
        Text("address_line_1", address => address.AddressLine1);
        OptionalText("address_line_2", address => address.AddressLine2);
        OptionalText("district", address => address.District);
        Text("city", address => address.City);
        Text("postal_code", address => address.PostalCode);
        Text("country", address => address.Country);
        Text("phone", address => address.Phone);
    }

    protected override Address Read(SourceRow row) => new(
        AddressId: row.Integer("address_id"),
        AddressLine1: row.Text("address_line_1"),
        AddressLine2: row.OptionalText("address_line_2"),
        District: row.OptionalText("district"),
        City: row.Text("city"),
        PostalCode: row.Text("postal_code"),
        Country: row.Text("country"),
        Phone: row.Text("phone"));

    internal sealed record Address(
        int AddressId,
        string AddressLine1,
        string? AddressLine2,
        string? District,
        string City,
        string PostalCode,
        string Country,
        string Phone);
}
