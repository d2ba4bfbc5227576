-- The newest order of earlier days, so that the warehouse knows it.
SELECT max(sales_order_id) FROM sales_order WHERE created_at < $1::timestamptz
