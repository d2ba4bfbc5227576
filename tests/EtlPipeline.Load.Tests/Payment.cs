using System.Globalization;

namespace EtlPipeline.Load.Tests;

/// <summary>A row of <c>fact_payment</c>, of which a test says only what matters to it.</summary>
internal sealed record Payment(int Id, decimal Amount = 1.00m)
{
    public bool Paid { get; init; }

    public bool IsDeleted { get; init; }

    public int CounterpartyId { get; init; } = 4;

    public string PaymentDate { get; init; } = "2026-11-20";

    private string Sql => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT {Id} AS payment_id, DATE '2026-11-02' AS created_date, TIME '14:20:52.186' AS created_time, DATE '2026-11-03' AS last_updated_date,
            TIME '14:20:52.186' AS last_updated_time, 3 AS transaction_id, {CounterpartyId} AS counterparty_id,
            CAST({Amount} AS DECIMAL(10,2)) AS payment_amount, 5 AS currency_id, 6 AS payment_type_id, {Paid} AS paid,
            DATE '{PaymentDate}' AS payment_date, {IsDeleted} AS is_deleted
        """);

    /// <summary>The rows as a query.</summary>
    public static string Rows(params Payment[] payments) => string.Join(" UNION ALL ", payments.Select(payment => payment.Sql));

    /// <summary>A query without a row.</summary>
    public static string NoRows => $"SELECT * FROM ({new Payment(0).Sql}) WHERE false";
}
