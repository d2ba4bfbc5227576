namespace EtlPipeline.SampleData.Tests.Orders;

public sealed class OrderTests
{
    private static readonly SampleState State = Histories.RealAtEndOf2024;

    [Fact]
    public void Orders_come_in_on_weekdays_between_eight_and_seven()
    {
        var moments = State.SalesOrders.Select(order => order.CreatedAt).Concat(State.PurchaseOrders.Select(order => order.CreatedAt));
        Assert.All(moments, moment =>
        {
            Assert.InRange(moment.TimeOfDay, TimeSpan.FromHours(8), TimeSpan.FromHours(19));
            Assert.False(moment.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        });
    }

    [Fact]
    public void Every_order_has_one_transaction_and_that_one_payment()
    {
        var legs = State.Transactions.Where(transaction => (transaction.SalesOrderId ?? transaction.PurchaseOrderId) is { }).ToList();
        Assert.All(legs, transaction => Assert.True(transaction.SalesOrderId is null != transaction.PurchaseOrderId is null));
        Assert.Equal(State.SalesOrders.Select(order => order.SalesOrderId), legs.Select(leg => leg.SalesOrderId).OfType<int>());
        Assert.Equal(State.PurchaseOrders.Select(order => order.PurchaseOrderId), legs.Select(leg => leg.PurchaseOrderId).OfType<int>());
        Assert.Equal(legs.Select(transaction => transaction.TransactionId), State.Payments.Select(payment => payment.TransactionId));
        Assert.NotEqual(State.Payments.Select(payment => payment.PaymentId), State.Payments.Select(payment => payment.TransactionId));
    }

    [Fact]
    public void A_payment_is_exactly_quantity_times_price()
    {
        var sales = State.SalesOrders.ToDictionary(order => order.SalesOrderId, order => order.UnitsSold * order.UnitPrice);
        var purchases = State.PurchaseOrders.ToDictionary(
            order => order.PurchaseOrderId, order => order.ItemQuantity * order.ItemUnitPrice);
        var transactions = State.Transactions.ToDictionary(transaction => transaction.TransactionId);
        Assert.All(State.Payments, payment =>
        {
            var transaction = transactions[payment.TransactionId];
            var amount = transaction.SalesOrderId is { } sale ? sales[sale] : purchases[transaction.PurchaseOrderId!.Value];
            Assert.Equal(amount, payment.PaymentAmount);
            Assert.Equal(2, payment.PaymentAmount.Scale);
        });
    }

    [Fact]
    public void Business_dates_lie_between_the_first_day_and_a_few_days_on_and_deliveries_farther()
    {
        var first = new DateOnly(2022, 11, 3);
        Assert.All(State.SalesOrders, order =>
        {
            var ordered = DateOnly.FromDateTime(order.CreatedAt);
            Assert.InRange(order.AgreedPaymentDate, first, ordered.AddDays(6));
            Assert.InRange(order.AgreedDeliveryDate, first, ordered.AddDays(649));
        });
        Assert.Contains(State.SalesOrders, order => order.AgreedDeliveryDate > DateOnly.FromDateTime(order.CreatedAt).AddDays(500));
    }

    [Fact]
    public void Sales_orders_change_in_silence()
    {
        var before = Histories.Real.At(Histories.EndOf2024.AddHours(-9)).SalesOrders.ToDictionary(order => order.SalesOrderId);
        var silent = State.SalesOrders
            .Where(order => before.TryGetValue(order.SalesOrderId, out var then) && then != order && then.LastUpdated == order.LastUpdated)
            .ToList();
        Assert.NotEmpty(silent);
        Assert.All(silent, order =>
        {
            var then = before[order.SalesOrderId];
            Assert.Equal(then, order with
            {
                StaffId = then.StaffId,
                DesignId = then.DesignId,
                AgreedDeliveryDate = then.AgreedDeliveryDate,
                AgreedDeliveryLocationId = then.AgreedDeliveryLocationId,
            });
        });
    }

    [Fact]
    public void A_few_orders_of_both_kinds_are_updated_with_a_trace()
    {
        Assert.Contains(State.SalesOrders, order => order.LastUpdated > order.CreatedAt);
        Assert.Contains(State.PurchaseOrders, order => order.LastUpdated > order.CreatedAt);
        Assert.All(State.PurchaseOrders, order => Assert.InRange(order.LastUpdated, order.CreatedAt, Histories.EndOf2024.DateTime));
    }

    [Fact]
    public void A_few_orders_are_deleted_and_half_of_their_transactions_stay_without_a_leg()
    {
        var orders = State.SalesOrders.Count() + State.PurchaseOrders.Count();
        var transactions = State.Transactions.ToList();
        var withoutLeg = transactions.Count(transaction => transaction.SalesOrderId is null && transaction.PurchaseOrderId is null);
        Assert.InRange(withoutLeg, 10, 80);
        Assert.Equal(orders + withoutLeg, transactions.Count);
        Assert.InRange(transactions[^1].TransactionId - transactions.Count, 10, 80);
    }
}
