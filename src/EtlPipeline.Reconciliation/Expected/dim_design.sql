-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
SELECT design_id,
       design_name,
       file_location,
       file_name,
       age(xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM design
ORDER BY design_id;
