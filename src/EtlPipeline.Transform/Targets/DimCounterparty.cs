using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_counterparty</c>: the counterparties, each with its legal address.</summary>
internal sealed class DimCounterparty : DimensionWithLookUp<DimCounterparty.Counterparty, DimCounterparty.Address>
{
    public DimCounterparty()
        : base("dim_counterparty", source: "counterparty", lookUp: "address", key: "address_id", reference: "legal_address_id")
    {
        Integer("counterparty_id", counterparty => counterparty.CounterpartyId);
        Text("counterparty_legal_name", counterparty => counterparty.LegalName);
        Text("counterparty_legal_address_line_1", counterparty => counterparty.LegalAddress.AddressLine1);
        OptionalText("counterparty_legal_address_line_2", counterparty => counterparty.LegalAddress.AddressLine2);
        OptionalText("counterparty_legal_district", counterparty => counterparty.LegalAddress.District);
        Text("counterparty_legal_city", counterparty => counterparty.LegalAddress.City);
        Text("counterparty_legal_postal_code", counterparty => counterparty.LegalAddress.PostalCode);
        Text("counterparty_legal_country", counterparty => counterparty.LegalAddress.Country);
        Text("counterparty_legal_phone_number", counterparty => counterparty.LegalAddress.Phone);
    }

    protected override Counterparty Read(SourceRow row, Address lookUp) => new(
        CounterpartyId: row.Integer("counterparty_id"),
        LegalName: row.Text("counterparty_legal_name"),
        LegalAddress: lookUp);

    protected override Address ReadLookUp(SourceRow row) => new(
        AddressLine1: row.Text("address_line_1"),
        AddressLine2: row.OptionalText("address_line_2"),
        District: row.OptionalText("district"),
        City: row.Text("city"),
        PostalCode: row.Text("postal_code"),
        Country: row.Text("country"),
        Phone: row.Text("phone"));

    internal sealed record Counterparty(int CounterpartyId, string LegalName, Address LegalAddress);

    internal sealed record Address(
        string AddressLine1,
        string? AddressLine2,
        string? District,
        string City,
        string PostalCode,
        string Country,
        string Phone);
}
