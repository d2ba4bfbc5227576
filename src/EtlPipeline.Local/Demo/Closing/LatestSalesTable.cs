using System.Globalization;
using EtlPipeline.Local.Terminals;
using Spectre.Console;

namespace EtlPipeline.Local.Demo.Closing;

/// <summary>The newest orders, as the warehouse has them.</summary>
internal static class LatestSalesTable
{
    public static void Show(Terminal terminal, IEnumerable<LatestSale> sales)
    {
        terminal.WriteHeading("The newest sales in the warehouse");
        var table = TableStyle.Create(
            terminal, Column.Number("order"), "day", "staff", "counterparty", "design", Column.Number("units"), Column.Number("price"), "delivery");
        foreach (var sale in sales)
        {
            table.AddRow(
                Cell.Of(sale.Order.ToString(CultureInfo.InvariantCulture)),
                Cell.Of(Day(sale.Created)),
                Cell.Of(sale.Staff),
                Cell.Of(sale.Counterparty),
                Cell.Of(sale.Design),
                Cell.Count(sale.Units),
                Cell.Of($"{sale.UnitPrice.ToString("0.00", CultureInfo.InvariantCulture)} {sale.Currency}"),
                Cell.Of(Day(sale.Delivery)));
        }

        terminal.Console.Write(table);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
