using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Currencies;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_currency</c>: the currencies, with the names that ISO 4217 gives them.</summary>
internal sealed class DimCurrency : Dimension<DimCurrency.Currency>
{
    public DimCurrency() : base("dim_currency", source: "currency", comment: "The currencies in which orders are priced.")
    {
        IntegerKey("currency_id", from: "currency_id").Comment("The currency's number in the source.");
        Varchar("currency_code", currency => currency.Code).Comment("Its code of ISO 4217, such as GBP.");
        Varchar("currency_name", currency => currency.Name).Comment("The name that ISO 4217 gives it.");
    }

    protected override Currency Read(SourceRow row)
    {
        var code = row.Text("currency_code");
        return new Currency(code, Iso4217.FindName(code) ?? throw new InvalidRowException("column 'currency_code': no code of ISO 4217"));
    }

    internal sealed record Currency(string Code, string Name);
}
