-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
-- Nothing is rounded or cast from text: what the pipeline has to reject must show up as a difference, and not end the query.
SELECT sales_order_id,
       created_at::date AS created_date,
       created_at::time AS created_time,
       coalesce(last_updated, created_at)::date AS last_updated_date,
       coalesce(last_updated, created_at)::time AS last_updated_time,
       staff_id AS sales_staff_id,
       counterparty_id,
       units_sold,
       round(unit_price, greatest(2, min_scale(unit_price))) AS unit_price,
       currency_id,
       design_id,
       agreed_payment_date,
       agreed_delivery_date,
       agreed_delivery_location_id,
       age(xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM sales_order
ORDER BY sales_order_id;
