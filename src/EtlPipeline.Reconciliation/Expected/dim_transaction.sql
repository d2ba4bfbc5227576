-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
SELECT transaction_id,
       transaction_type,
       sales_order_id,
       purchase_order_id,
       age(xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM transaction
ORDER BY transaction_id;
