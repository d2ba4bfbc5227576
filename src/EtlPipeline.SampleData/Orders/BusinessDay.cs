using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Orders;

/// <summary>How much happens on a weekday, and how much has before it; the keys of its rows follow from that.</summary>
internal sealed record BusinessDay
{
    private static readonly TimeOnly Opening = new(8, 0);
    private static readonly TimeSpan OpeningHours = TimeSpan.FromHours(11);

    public required DateOnly Date { get; init; }

    public required int Sales { get; init; }

    public required int SalesBefore { get; init; }

    public required int Purchases { get; init; }

    public required int PurchasesBefore { get; init; }

    public required int Designs { get; init; }

    public required int DesignsBefore { get; init; }

    /// <summary>The day's orders, in the order in which they come in.</summary>
    public IReadOnlyList<OrderPlacement> Placements(SeededDraws draws)
    {
        var sales = Enumerable.Range(0, Sales).Select(position => (
            Kind: OrderKind.Sale,
            Number: SalesBefore + position + 1,
            CreatedAt: Time(position, Sales, draws.For(Topic.SaleTime, SalesBefore + position))));
        var purchases = Enumerable.Range(0, Purchases).Select(position => (
            Kind: OrderKind.Purchase,
            Number: PurchasesBefore + position + 1,
            CreatedAt: Time(position, Purchases, draws.For(Topic.PurchaseTime, PurchasesBefore + position))));
        return
        [
            .. sales.Concat(purchases)
                .OrderBy(order => order.CreatedAt)
                .Select((order, position) => new OrderPlacement(
                    order.Kind, order.Number, SalesBefore + PurchasesBefore + position + 1, order.CreatedAt, DesignsBefore)),
        ];
    }

    /// <summary>When one of the day's designs is made.</summary>
    public DateTime DesignTime(int position, SeededDraws draws) =>
        Time(position, Designs, draws.For(Topic.Design, DesignsBefore + position, 1));

    /// <summary>How many sales orders have certainly come in at a time of the day; perhaps one more has.</summary>
    public int SalesUntil(TimeSpan timeOfDay) =>
        SalesBefore + Math.Clamp((int)((timeOfDay - Opening.ToTimeSpan()) / OpeningHours * Sales), 0, Sales);

    /// <summary>Each row has an equal share of the opening hours, and comes at some time in it: so the keys ascend with time.</summary>
    private DateTime Time(int position, int count, SplitMix64 draws)
    {
        var milliseconds = (long)((position + draws.Fraction()) / count * OpeningHours.TotalMilliseconds);
        return Date.ToDateTime(Opening).AddMilliseconds(milliseconds);
    }
}
