-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
SELECT address_id AS location_id,
       address_line_1,
       address_line_2,
       district,
       city,
       postal_code,
       country,
       phone,
       age(xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM address
ORDER BY address_id;
