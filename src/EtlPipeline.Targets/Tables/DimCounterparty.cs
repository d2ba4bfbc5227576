using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_counterparty</c>: the counterparties, each with its legal address.</summary>
internal sealed class DimCounterparty : Dimension<DimCounterparty.Counterparty>
{
    private readonly LookUp<Address> _addresses;

    public DimCounterparty() : base("dim_counterparty", source: "counterparty", comment: "Customers and suppliers, each with its legal address.")
    {
        _addresses = LookUp("address", key: "address_id", ReadAddress);

        IntegerKey("counterparty_id", from: "counterparty_id").Comment("The counterparty's number in the source.");
        Varchar("counterparty_legal_name", counterparty => counterparty.LegalName).Comment("Its name in law.");
        Varchar("counterparty_legal_address_line_1", counterparty => counterparty.LegalAddress.AddressLine1).Comment("First line of its legal address.");
        Varchar("counterparty_legal_address_line_2", counterparty => counterparty.LegalAddress.AddressLine2).Optional().Comment("Second line of its legal address.");
        Varchar("counterparty_legal_district", counterparty => counterparty.LegalAddress.District).Optional().Comment("District of its legal address.");
        Varchar("counterparty_legal_city", counterparty => counterparty.LegalAddress.City).Comment("City of its legal address.");
        Varchar("counterparty_legal_postal_code", counterparty => counterparty.LegalAddress.PostalCode).Comment("Postal code of its legal address; zeros in front count.");
        Varchar("counterparty_legal_country", counterparty => counterparty.LegalAddress.Country).Comment("Country of its legal address.");
        Varchar("counterparty_legal_phone_number", counterparty => counterparty.LegalAddress.Phone).Comment("Phone number at its legal address.");
    }

    protected override Counterparty Read(SourceRow row) => new(
        LegalName: row.Text("counterparty_legal_name"),
        LegalAddress: row.Find(_addresses, "legal_address_id"));

    private static Address ReadAddress(SourceRow row) => new(
        AddressLine1: row.Text("address_line_1"),
        AddressLine2: row.OptionalText("address_line_2"),
        District: row.OptionalText("district"),
        City: row.Text("city"),
        PostalCode: row.Text("postal_code"),
        Country: row.Text("country"),
        Phone: row.Text("phone"));

    internal sealed record Counterparty(string LegalName, Address LegalAddress);

    internal sealed record Address(
        string AddressLine1,
        string? AddressLine2,
        string? District,
        string City,
        string PostalCode,
        string Country,
        string Phone);
}
