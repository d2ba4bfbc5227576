using EtlPipeline.SampleData.MasterData;
using EtlPipeline.SampleData.Randomness;

namespace EtlPipeline.SampleData.Orders;

/// <summary>What an order says when it comes in, and what will become of it.</summary>
internal sealed record OrderTerms
{
    /// <summary>The farthest that a delivery lies ahead is a day less.</summary>
    public const int DeliveryHorizon = 650;

    private const int OneDeletedIn = 250;
    private const int OneChangedIn = 10;

    public required int StaffId { get; init; }

    public required int CounterpartyId { get; init; }

    public required int CurrencyId { get; init; }

    public required int DeliveryLocationId { get; init; }

    public required int Quantity { get; init; }

    public required decimal UnitPrice { get; init; }

    /// <summary>Days from the order to its delivery.</summary>
    public required int DeliveryDays { get; init; }

    public required DateOnly PaymentDate { get; init; }

    /// <summary>When it is updated with a trace in <c>last_updated</c>; null for most.</summary>
    public required DateTime? ChangesAt { get; init; }

    /// <summary>When it is deleted, with its payment; null for nearly all.</summary>
    public required DateTime? DeletedAt { get; init; }

    /// <summary>Whether the transaction stays when the order is deleted; the foreign key then clears its leg.</summary>
    public required bool LeavesTransaction { get; init; }

    public static OrderTerms Of(OrderPlacement order, SeededDraws seeded)
    {
        var isSale = order.Kind == OrderKind.Sale;
        var draws = seeded.For(isSale ? Topic.Sale : Topic.Purchase, order.Number);
        return new OrderTerms
        {
            StaffId = draws.Between(1, StaffRows.Count),
            CounterpartyId = draws.Between(1, CounterpartyRows.Count),
            CurrencyId = draws.Between(1, CurrencyRows.Count),
            DeliveryLocationId = draws.Between(1, AddressRows.Count),
            Quantity = isSale ? draws.Between(1_000, 100_000) : draws.Between(1, 1_000),
            UnitPrice = isSale ? Cents(draws.Between(200, 399)) : Cents(draws.Between(1_00, 999_99)),
            DeliveryDays = draws.OneIn(12) ? draws.Between(22, DeliveryHorizon - 1) : draws.Between(1, 21),
            PaymentDate = order.Date.AddDays(draws.Between(1, 6)),
            ChangesAt = Later(draws.OneIn(OneChangedIn), order.CreatedAt, days: draws.Between(1, 3), draws.Fraction()),
            DeletedAt = Later(draws.OneIn(OneDeletedIn), order.CreatedAt, days: draws.Between(1, 20), draws.Fraction()),
            LeavesTransaction = draws.OneIn(2),
        };
    }

    private static decimal Cents(int cents) => new(cents, 0, 0, isNegative: false, scale: 2);

    private static DateTime? Later(bool happens, DateTime createdAt, int days, double part) =>
        happens ? createdAt.Date.AddDays(days).AddMilliseconds((long)TimeSpan.FromHours(9 + 8 * part).TotalMilliseconds) : null;
}
