using EtlPipeline.SampleData;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>A few weeks of a small company, for the proofs that run the pipeline very often.</summary>
internal static class SmallCompany
{
    /// <summary>One change of each kind, in tables with and without a look-up; each time the new row has a new key.</summary>
    public const string Changes = """
        UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = (SELECT max(sales_order_id) FROM sales_order);
        UPDATE payment SET paid = NOT paid, last_updated = clock_timestamp() WHERE payment_id = (SELECT max(payment_id) FROM payment);
        UPDATE address SET phone = phone || '1' WHERE address_id = (SELECT max(legal_address_id) FROM counterparty);
        UPDATE purchase_order SET item_code = 'PROOF, gone' WHERE item_code = 'PROOF';
        INSERT INTO purchase_order
        SELECT (SELECT greatest(max(purchase_order_id), 100000) + 1 FROM purchase_order), created_at, last_updated, staff_id, counterparty_id, 'PROOF', item_quantity, item_unit_price,
               currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id
        FROM purchase_order ORDER BY purchase_order_id LIMIT 1;
        DELETE FROM purchase_order WHERE item_code = 'PROOF, gone';
        """;

    /// <summary>The moment that the database is filled with.</summary>
    public static DateTimeOffset Now { get; } = new(2024, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static SampleHistory History { get; } = new(new SampleOptions { Scale = 0.02, Start = new DateOnly(2024, 6, 3) });

    /// <summary>Makes a pipeline whose source is the company's database.</summary>
    /// <param name="isLarge">
    /// Whether its tables count as large: changes are followed, and only the segments that are due are read. Else one that has changed is read whole.
    /// </param>
    public static async Task<TestPipeline> OpenAsync(bool isLarge = false)
    {
        var pipeline = await TestPipeline.CreateFilledAsync(History, Now);
        if (isLarge) pipeline.FollowAll();
        return pipeline;
    }
}
