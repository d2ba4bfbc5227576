using EtlPipeline.SampleData.MasterData;
using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Orders;

/// <summary>The weekdays of a history.</summary>
internal static class BusinessDays
{
    private const double SalesPerDay = 22;
    private const double PurchasesPerDay = 9.15;
    private const double DesignsPerDay = 0.82;

    /// <summary>The company grows from four fifths of its size to its full one in this many days.</summary>
    private const double DaysOfGrowth = 790;

    public static IReadOnlyList<BusinessDay> Until(DateTime moment, SampleOptions options, SeededDraws draws)
    {
        var days = new List<BusinessDay>();
        var (sales, purchases, designs) = (0, 0, DesignRows.CountAtStart);
        for (var date = options.Start; date <= DateOnly.FromDateTime(moment); date = date.AddDays(1))
        {
            if (!IsWeekday(date)) continue;
            var day = Plan(date, sales, purchases, designs, options, draws);
            days.Add(day);
            (sales, purchases, designs) = (sales + day.Sales, purchases + day.Purchases, designs + day.Designs);
        }

        return days;
    }

    public static bool IsWeekday(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static BusinessDay Plan(DateOnly date, int sales, int purchases, int designs, SampleOptions options, SeededDraws seeded)
    {
        var draws = seeded.For(Topic.BusinessDay, date.DayNumber);
        var growth = 0.8 + 0.2 * Math.Min(1, (date.DayNumber - options.Start.DayNumber) / DaysOfGrowth);
        return new BusinessDay
        {
            Date = date,
            Sales = Count(SalesPerDay * growth * options.Scale, ref draws),
            SalesBefore = sales,
            Purchases = Count(PurchasesPerDay * growth * options.Scale, ref draws),
            PurchasesBefore = purchases,
            Designs = Count(DesignsPerDay * options.Scale, ref draws),
            DesignsBefore = designs,
        };
    }

    private static int Count(double expected, ref SplitMix64 draws) => (int)(expected * (0.7 + 0.6 * draws.Fraction()) + draws.Fraction());
}
