-- What of sales orders changed after the warehouse saw them first. A change is silent where last_updated is what it was.
WITH records AS (
    SELECT fact.*,
           fact.last_updated_date + fact.last_updated_time AS last_updated,
           row_number() OVER states AS number,
           fact.valid_to IS NOT NULL AND lead(fact.valid_from) OVER states IS DISTINCT FROM fact.valid_to AS is_gone_after
    FROM fact_sales_order AS fact
    WHERE sales_order_id IN (SELECT sales_order_id FROM fact_sales_order WHERE valid_to IS NOT NULL)
    WINDOW states AS (PARTITION BY sales_order_id ORDER BY valid_from, sales_record_id)
),
changes AS (
    SELECT record.last_updated = before.last_updated AS is_silent, what
    FROM records AS record
    JOIN records AS before ON before.sales_order_id = record.sales_order_id AND before.number = record.number - 1
    CROSS JOIN LATERAL (VALUES
        ('staff', record.sales_staff_id <> before.sales_staff_id),
        ('design', record.design_id <> before.design_id),
        ('counterparty', record.counterparty_id <> before.counterparty_id),
        ('units', record.units_sold <> before.units_sold),
        ('price', record.unit_price <> before.unit_price),
        ('currency', record.currency_id <> before.currency_id),
        ('delivery day', record.agreed_delivery_date <> before.agreed_delivery_date),
        ('payment day', record.agreed_payment_date <> before.agreed_payment_date),
        ('delivery place', record.agreed_delivery_location_id <> before.agreed_delivery_location_id)
    ) AS differences (what, differs)
    WHERE differs
    UNION ALL
    SELECT false, 'deleted' FROM records WHERE is_gone_after
)
SELECT what,
       count(*) FILTER (WHERE NOT is_silent) AS told,
       count(*) FILTER (WHERE is_silent) AS silent
FROM changes
GROUP BY what
ORDER BY count(*) DESC, what
