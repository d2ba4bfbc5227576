-- The latest changes of sales orders, one row for each thing that changed. A change is silent if last_updated is what it was.
WITH latest AS (
    -- The orders that changed lately. Only they are read as a whole.
    SELECT DISTINCT sales_order_id
    FROM (SELECT sales_order_id FROM fact_sales_order WHERE valid_to IS NOT NULL ORDER BY valid_to DESC LIMIT 200) AS ended
),
records AS (
    SELECT fact.*,
           fact.last_updated_date + fact.last_updated_time AS last_updated,
           row_number() OVER states AS number,
           fact.valid_to IS NOT NULL AND lead(fact.valid_from) OVER states IS DISTINCT FROM fact.valid_to AS is_gone_after
    FROM fact_sales_order AS fact
    WHERE sales_order_id IN (SELECT sales_order_id FROM latest)
    WINDOW states AS (PARTITION BY sales_order_id ORDER BY valid_from, sales_record_id)
),
described AS (
    SELECT records.*,
           -- A member gets its key beside its name if another has the same name.
           format('%s %s', staff.first_name, staff.last_name) || CASE WHEN (SELECT count(*) > 1 FROM dim_staff AS other WHERE (other.first_name, other.last_name) = (staff.first_name, staff.last_name)) THEN format(' #%s', staff.staff_id) ELSE '' END AS staff,
           design.design_name || CASE WHEN (SELECT count(*) > 1 FROM dim_design AS other WHERE other.design_name = design.design_name) THEN format(' #%s', design.design_id) ELSE '' END AS design,
           counterparty.counterparty_legal_name || CASE WHEN (SELECT count(*) > 1 FROM dim_counterparty AS other WHERE other.counterparty_legal_name = counterparty.counterparty_legal_name) THEN format(' #%s', counterparty.counterparty_id) ELSE '' END AS counterparty,
           currency.currency_code AS currency,
           format('%s, %s', location.address_line_1, location.city) AS place
    FROM records
    LEFT JOIN dim_staff AS staff ON staff.staff_id = records.sales_staff_id
    LEFT JOIN dim_design AS design ON design.design_id = records.design_id
    LEFT JOIN dim_counterparty AS counterparty ON counterparty.counterparty_id = records.counterparty_id
    LEFT JOIN dim_currency AS currency ON currency.currency_id = records.currency_id
    LEFT JOIN dim_location AS location ON location.location_id = records.agreed_delivery_location_id
),
changes AS (
    SELECT record.sales_order_id, record.valid_from AS seen_at, record.last_updated = before.last_updated AS is_silent, what, was, became, record.sales_record_id
    FROM described AS record
    JOIN described AS before ON before.sales_order_id = record.sales_order_id AND before.number = record.number - 1
    CROSS JOIN LATERAL (VALUES
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
    UNION ALL
    SELECT sales_order_id, valid_to, false, 'deleted', 'there', 'deleted', sales_record_id FROM described WHERE is_gone_after
)
SELECT sales_order_id, seen_at, is_silent, what, coalesce(was, 'unknown'), coalesce(became, 'unknown')
FROM changes
ORDER BY seen_at DESC, sales_record_id DESC, what
LIMIT 15
