using System.Globalization;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Tests;

public sealed class SampleHistoryTests
{
    [Fact]
    public void Equal_options_make_equal_histories()
    {
        var again = new SampleHistory(new SampleOptions()).At(Histories.EndOf2024);
        foreach (var table in TotesysTables.All) Assert.Equal(table.RowsOf(Histories.RealAtEndOf2024), table.RowsOf(again));
    }

    [Fact]
    public void The_same_rows_come_out_on_every_machine()
    {
        var moment = new DateTime(2022, 11, 3, 8, 22, 35, 196);
        Assert.Equal(
            new SalesOrder(1, moment, moment, 5, 14, 2, 92741, 3.36m, 1, new DateOnly(2024, 2, 13), new DateOnly(2022, 11, 4), 26),
            Histories.RealAtEndOf2024.SalesOrders.First());
    }

    [Fact]
    public void Another_seed_makes_another_history()
    {
        var other = new SampleHistory(new SampleOptions { Seed = 7 }).At(Histories.EndOf2024);
        Assert.NotEqual(Histories.RealAtEndOf2024.SalesOrders.Take(10), other.SalesOrders.Take(10));
        Assert.NotEqual(Histories.RealAtEndOf2024.Counterparties, other.Counterparties);
    }

    [Fact]
    public void A_moment_counts_in_UTC()
    {
        var inIndia = Histories.EndOf2024.ToOffset(TimeSpan.FromHours(5.5));
        Assert.Equal(Histories.RealAtEndOf2024.Payments, Histories.Real.At(inIndia).Payments);
    }

    [Fact]
    public void Before_the_first_day_all_tables_are_empty()
    {
        var state = Histories.Real.At(Histories.Utc(2022, 11, 2, 23, 59));
        Assert.All(TotesysTables.All, table => Assert.Empty(table.RowsOf(state)));
    }

    [Fact]
    public void On_the_first_morning_there_is_master_data_and_no_order()
    {
        var state = Histories.Real.At(Histories.Utc(2022, 11, 3, 7, 30));
        Assert.Equal(30, state.Addresses.Count());
        Assert.Equal(8, state.Designs.Count());
        Assert.Empty(state.SalesOrders);
        Assert.Empty(state.Payments);
    }

    [Fact]
    public void The_tables_have_the_size_of_the_real_ones()
    {
        var state = Histories.RealAtEndOf2024;
        Assert.InRange(state.SalesOrders.Count(), 10_600, 11_800);
        Assert.InRange(state.PurchaseOrders.Count(), 4_400, 4_900);
        Assert.InRange(state.Transactions.Count(), 15_000, 16_700);
        Assert.InRange(state.Designs.Count(), 430, 520);
        Assert.Equal(20, state.Counterparties.Count());
        Assert.Equal(20, state.Staff.Count());
        Assert.Equal(8, state.Departments.Count());
        Assert.Equal(4, state.PaymentTypes.Count());
        Assert.Equal(["GBP", "USD", "EUR"], state.Currencies.Select(currency => currency.CurrencyCode));
    }

    [Theory]
    [InlineData(0.005, 30, 90)]
    [InlineData(0.1, 1_000, 1_250)]
    [InlineData(10, 106_000, 118_000)]
    public void The_scale_says_how_many_orders_there_are(double scale, int least, int most)
    {
        var history = new SampleHistory(new SampleOptions { Scale = scale });
        Assert.InRange(history.At(Histories.EndOf2024).SalesOrders.Count(), least, most);
    }

    [Fact]
    public void All_rows_are_in_key_order()
    {
        foreach (var table in TotesysTables.All)
        {
            var keys = table.RowsOf(Histories.RealAtEndOf2024).Select(row => row.Key).ToList();
            Assert.Equal(keys.Order().Distinct(), keys);
        }
    }

    [Theory]
    [InlineData("2024-12-29T03:17:00Z")]
    [InlineData("2024-12-31T12:00:01Z")]
    [InlineData("2022-11-05T00:00:00Z")]
    public void Five_minutes_later_a_few_rows_have_changed_also_on_a_sunday_night(string moment)
    {
        var earlier = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        var (before, after) = (Histories.Real.At(earlier), Histories.Real.At(earlier.AddMinutes(5)));
        Assert.InRange(TotesysTables.All.Sum(table => table.Changes(before, after).Count()), 1, 20);
    }
}
