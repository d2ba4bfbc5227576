-- The latest changes of sales orders, one row for each thing that changed. A change is silent where last_updated is what it was.
WITH records AS (
    SELECT fact.*,
           -- Tables that were here before Load may lack the column.
           coalesce((to_jsonb(fact) ->> 'is_deleted')::boolean, false) AS is_gone,
           fact.last_updated_date + fact.last_updated_time AS last_updated,
           row_number() OVER (PARTITION BY sales_order_id ORDER BY sales_record_id) AS number
    FROM fact_sales_order AS fact
    WHERE sales_order_id IN (SELECT sales_order_id FROM fact_sales_order GROUP BY sales_order_id HAVING count(*) > 1)
),
described AS (
    SELECT records.*,
           staff.first_name || ' ' || staff.last_name AS staff,
           design.design_name AS design,
           counterparty.counterparty_legal_name AS counterparty,
           currency.currency_code AS currency,
           location.address_line_1 || ', ' || location.city AS place
    FROM records
    JOIN dim_staff AS staff ON staff.staff_id = records.sales_staff_id
    JOIN dim_design AS design USING (design_id)
    JOIN dim_counterparty AS counterparty USING (counterparty_id)
    JOIN dim_currency AS currency USING (currency_id)
    JOIN dim_location AS location ON location.location_id = records.agreed_delivery_location_id
)
SELECT record.sales_order_id,
       record.last_updated,
       record.last_updated = before.last_updated AND NOT record.is_gone AS is_silent,
       what,
       was,
       became
FROM described AS record
JOIN described AS before ON before.sales_order_id = record.sales_order_id AND before.number = record.number - 1
CROSS JOIN LATERAL (VALUES
    ('deleted', record.is_gone, 'there', 'deleted'),
    ('staff', record.sales_staff_id <> before.sales_staff_id, before.staff, record.staff),
    ('design', record.design_id <> before.design_id, before.design, record.design),
    ('counterparty', record.counterparty_id <> before.counterparty_id, before.counterparty, record.counterparty),
    ('units', record.units_sold <> before.units_sold, before.units_sold::text, record.units_sold::text),
    ('price', record.unit_price <> before.unit_price, before.unit_price::text, record.unit_price::text),
    ('currency', record.currency_id <> before.currency_id, before.currency, record.currency),
    ('delivery day', record.agreed_delivery_date <> before.agreed_delivery_date, before.agreed_delivery_date::text, record.agreed_delivery_date::text),
    ('payment day', record.agreed_payment_date <> before.agreed_payment_date, before.agreed_payment_date::text, record.agreed_payment_date::text),
    ('delivery place', record.agreed_delivery_location_id <> before.agreed_delivery_location_id, before.place, record.place)
) AS differences (what, differs, was, became)
WHERE differs
ORDER BY record.sales_record_id DESC, what
LIMIT 15
