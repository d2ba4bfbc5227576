-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
-- Nothing is rounded or cast from text: what the pipeline has to reject must show up as a difference, and not end the query.
SELECT payment_id,
       created_at::date AS created_date,
       created_at::time AS created_time,
       coalesce(last_updated, created_at)::date AS last_updated_date,
       coalesce(last_updated, created_at)::time AS last_updated_time,
       transaction_id,
       counterparty_id,
       round(payment_amount, greatest(2, min_scale(payment_amount))) AS payment_amount,
       currency_id,
       payment_type_id,
       paid,
       payment_date,
       age(xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM payment
ORDER BY payment_id;
