-- The newest order of the days before, which the warehouse therefore knows.
SELECT max(sales_order_id) FROM sales_order WHERE created_at < $1::timestamptz
