-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
-- $2 and $3: the codes of ISO 4217, and their names.
SELECT currency.currency_id,
       currency.currency_code,
       iso_4217.name AS currency_name,
       age(currency.xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM currency
LEFT JOIN unnest($2::text[], $3::text[]) AS iso_4217 (code, name) ON iso_4217.code = currency.currency_code
ORDER BY currency.currency_id;
