using EtlPipeline.SampleData.MasterData;
using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Orders;

/// <summary>
/// The updates that leave no trace in <c>last_updated</c>. They come at equal distances, day and night, on one of the newest sales orders
/// each time, and on a design every second time. All of a history until a moment are counted through, which takes milliseconds; what they
/// leave is 16 bytes an order.
/// </summary>
internal sealed class SilentUpdates
{
    private const int NewestOrders = 2_000;

    private readonly SalesOrderRevision[] _orders;
    private readonly int[] _designs;

    private SilentUpdates(int orders, int designs)
    {
        _orders = new SalesOrderRevision[orders];
        _designs = new int[designs];
    }

    public static SilentUpdates Until(DateTime moment, IReadOnlyList<BusinessDay> days, SampleOptions options, SeededDraws seeded)
    {
        if (days.Count == 0) return new SilentUpdates(0, DesignRows.CountAtStart);
        var updates = new SilentUpdates(days[^1].SalesBefore + days[^1].Sales, days[^1].DesignsBefore + days[^1].Designs);
        var (tick, today) = (1, 0);
        for (var time = days[0].Date.ToDateTime(default); time <= moment; time += options.SilentUpdateInterval, tick++)
        {
            while (today + 1 < days.Count && days[today + 1].Date.ToDateTime(default) <= time) today++;
            updates.Apply(tick, time, days[today], seeded);
        }

        return updates;
    }

    public SalesOrderRevision OfSalesOrder(int number) => _orders[number - 1];

    public int OfDesign(int number) => _designs[number - 1];

    private void Apply(int tick, DateTime time, BusinessDay day, SeededDraws seeded)
    {
        var draws = seeded.For(Topic.SilentUpdate, tick);
        var orders = day.SalesUntil(time - day.Date.ToDateTime(default));
        if (orders > 0) _orders[orders - 1 - draws.Below(Math.Min(orders, NewestOrders))].Change(draws.Below(4));
        if (tick % 2 == 0) _designs[draws.Below(day.DesignsBefore)]++;
    }
}

/// <summary>How often each column of a sales order was changed in silence; each time it moves on, so it never becomes what it was.</summary>
internal struct SalesOrderRevision
{
    public int Staff;
    public int Design;
    public int DeliveryDate;
    public int DeliveryLocation;

    public void Change(int column)
    {
        switch (column)
        {
            case 0: Staff++; break;
            case 1: Design++; break;
            case 2: DeliveryDate++; break;
            default: DeliveryLocation++; break;
        }
    }
}
