-- What of sales orders changed after the warehouse saw them first. A change is silent if last_updated is what it was.
WITH records AS (
    SELECT last_updated_date = lag(last_updated_date) OVER states AND last_updated_time = lag(last_updated_time) OVER states AS is_silent,
           sales_staff_id <> lag(sales_staff_id) OVER states AS staff,
           design_id <> lag(design_id) OVER states AS design,
           counterparty_id <> lag(counterparty_id) OVER states AS counterparty,
           units_sold <> lag(units_sold) OVER states AS units,
           unit_price <> lag(unit_price) OVER states AS price,
           currency_id <> lag(currency_id) OVER states AS currency,
           agreed_delivery_date <> lag(agreed_delivery_date) OVER states AS delivery_day,
           agreed_payment_date <> lag(agreed_payment_date) OVER states AS payment_day,
           agreed_delivery_location_id <> lag(agreed_delivery_location_id) OVER states AS delivery_place,
           valid_to IS NOT NULL AND lead(valid_from) OVER states IS DISTINCT FROM valid_to AS is_gone_after
    FROM fact_sales_order
    WHERE sales_order_id IN (SELECT sales_order_id FROM fact_sales_order WHERE valid_to IS NOT NULL)
    WINDOW states AS (PARTITION BY sales_order_id ORDER BY valid_from, sales_record_id)
),
-- Few combinations are left to be taken apart by column.
combinations AS (
    SELECT is_silent, staff, design, counterparty, units, price, currency, delivery_day, payment_day, delivery_place, is_gone_after, count(*) AS records
    FROM records
    GROUP BY is_silent, staff, design, counterparty, units, price, currency, delivery_day, payment_day, delivery_place, is_gone_after
),
changes AS (
    SELECT what, is_silent AND what <> 'deleted' AS is_silent, records
    FROM combinations
    CROSS JOIN LATERAL (VALUES
        ('staff', staff),
        ('design', design),
        ('counterparty', counterparty),
        ('units', units),
        ('price', price),
        ('currency', currency),
        ('delivery day', delivery_day),
        ('payment day', payment_day),
        ('delivery place', delivery_place),
        ('deleted', is_gone_after)
    ) AS differences (what, differs)
    WHERE differs
)
SELECT what,
       coalesce(sum(records) FILTER (WHERE is_silent IS NOT TRUE), 0)::bigint AS told,
       coalesce(sum(records) FILTER (WHERE is_silent), 0)::bigint AS silent
FROM changes
GROUP BY what
ORDER BY sum(records) DESC, what
