-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
SELECT counterparty.counterparty_id,
       counterparty.counterparty_legal_name,
       address.address_line_1 AS counterparty_legal_address_line_1,
       address.address_line_2 AS counterparty_legal_address_line_2,
       address.district AS counterparty_legal_district,
       address.city AS counterparty_legal_city,
       address.postal_code AS counterparty_legal_postal_code,
       address.country AS counterparty_legal_country,
       address.phone AS counterparty_legal_phone_number,
       age(counterparty.xmin) BETWEEN 0 AND age($1::text::xid8::xid)
           OR age(address.xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM counterparty
LEFT JOIN address ON address.address_id = counterparty.legal_address_id
ORDER BY counterparty.counterparty_id;
