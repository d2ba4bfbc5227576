-- Moves the newest sales orders to the next member of staff, and leaves last_updated as it is.

UPDATE sales_order
SET staff_id = (SELECT coalesce(min(staff_id) FILTER (WHERE staff_id > sales_order.staff_id), min(staff_id)) FROM staff)
WHERE sales_order_id IN (SELECT sales_order_id FROM sales_order ORDER BY sales_order_id DESC LIMIT $1)
RETURNING sales_order_id;
