-- The designs, members of staff and counterparties of the sales from $1 on: of each kind the ten with the most units, and the ten with the
-- highest amount in each currency. Names that repeat get the key beside them.
WITH members AS (
    SELECT kind, member, name || CASE WHEN count(*) OVER (PARTITION BY kind, name) > 1 THEN ' #' || member ELSE '' END AS name
    FROM (
        SELECT 'design' AS kind, design_id AS member, design_name AS name FROM dim_design
        UNION ALL
        SELECT 'staff', staff_id, first_name || ' ' || last_name FROM dim_staff
        UNION ALL
        SELECT 'counterparty', counterparty_id, counterparty_legal_name FROM dim_counterparty
    ) AS named
),
sold AS (
    SELECT CASE WHEN grouping(design_id) = 0 THEN 'design' WHEN grouping(sales_staff_id) = 0 THEN 'staff' ELSE 'counterparty' END AS kind,
           coalesce(design_id, sales_staff_id, counterparty_id) AS member,
           currency_id,
           count(*) AS orders,
           sum(units_sold) AS units,
           sum(units_sold * unit_price) AS amount
    FROM sales_order_current
    WHERE created_date >= $1
    GROUP BY GROUPING SETS ((design_id, currency_id), (sales_staff_id, currency_id), (counterparty_id, currency_id))
),
totals AS (
    SELECT kind, member, currency.currency_code AS currency, orders, units, amount,
           sum(units) OVER (PARTITION BY kind, member) AS total,
           row_number() OVER (PARTITION BY kind, currency.currency_code ORDER BY amount DESC, member) AS place_in_currency
    FROM sold
    JOIN dim_currency AS currency USING (currency_id)
),
places AS (
    SELECT totals.*, dense_rank() OVER (PARTITION BY kind ORDER BY total DESC, member) AS place
    FROM totals
)
SELECT kind, member, coalesce(members.name, 'unknown'), currency, orders, units, amount, place <= 10, place_in_currency <= 10
FROM places
JOIN members USING (kind, member)
WHERE place <= 10 OR place_in_currency <= 10
ORDER BY kind, total DESC, member, currency
