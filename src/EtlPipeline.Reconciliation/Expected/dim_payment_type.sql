-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
SELECT payment_type_id,
       payment_type_name,
       age(xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM payment_type
ORDER BY payment_type_id;
