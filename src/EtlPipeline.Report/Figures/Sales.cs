using Npgsql;

namespace EtlPipeline.Report.Figures;

/// <summary>What was sold in a month in a currency.</summary>
/// <param name="Currency">The currency's code.</param>
/// <param name="Month">The first day of the month in which the orders were placed.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Amount">Units times price, in the currency.</param>
internal sealed record SalesMonth(string Currency, DateOnly Month, long Orders, decimal Amount)
{
    public static FigureQuery<SalesMonth> Query { get; } = new(
        "sales_months.sql",
        row => new SalesMonth(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), row.GetDecimal(3)));
}

/// <summary>The sales of a period by design, member of staff or counterparty, in one currency.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Member">The key in the dimension.</param>
/// <param name="Name">The name; with the key if others have the same one.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Units">How many units.</param>
/// <param name="Amount">Units times price, in the currency.</param>
/// <param name="IsTop">Whether the member is one of the ten with the most units in all currencies.</param>
/// <param name="IsTopOfCurrency">Whether it is one of the ten with the highest amount in this currency.</param>
internal sealed record TopSeller(SellerKind Kind, int Member, string Name, string Currency, long Orders, long Units, decimal Amount, bool IsTop, bool IsTopOfCurrency)
{
    public static FigureQuery<TopSeller> Query { get; } = new("top_sellers.sql", row => new TopSeller(
        Enum.Parse<SellerKind>(row.GetString(0), ignoreCase: true), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetDecimal(6),
        row.GetBoolean(7), row.GetBoolean(8)));
}

/// <summary>What sales are counted by.</summary>
internal enum SellerKind
{
    Design,
    Staff,
    Counterparty,
}

/// <summary>The best sellers of a period.</summary>
internal sealed record TopSellers(IReadOnlyList<TopSeller> Designs, IReadOnlyList<TopSeller> Staff, IReadOnlyList<TopSeller> Counterparties)
{
    public static TopSellers Of(IReadOnlyList<TopSeller> sellers)
    {
        var byKind = sellers.ToLookup(seller => seller.Kind);
        return new TopSellers([.. byKind[SellerKind.Design]], [.. byKind[SellerKind.Staff]], [.. byKind[SellerKind.Counterparty]]);
    }
}
