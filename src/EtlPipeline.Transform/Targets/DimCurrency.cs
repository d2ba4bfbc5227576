using EtlPipeline.Core.Rows;
using EtlPipeline.Transform.Currencies;
using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_currency</c>: the currencies, with the names that ISO 4217 gives them.</summary>
internal sealed class DimCurrency : Dimension<DimCurrency.Currency>
{
    public DimCurrency() : base("dim_currency", source: "currency")
    {
        Integer("currency_id", currency => currency.CurrencyId);
        Text("currency_code", currency => currency.CurrencyCode);
        Text("currency_name", currency => NameOf(currency.CurrencyCode));
    }

    protected override Currency Read(SourceRow row) => new(
        CurrencyId: row.Integer("currency_id"),
        CurrencyCode: row.Text("currency_code"));

    private static string NameOf(string code) =>
        Iso4217.FindName(code) ?? throw new InvalidRowException("column 'currency_code': no code of ISO 4217");

    internal sealed record Currency(int CurrencyId, string CurrencyCode);
}
