-- The members of staff of the sales from $1 on: the ten with the most units, and the ten with the highest amount in each currency. Names that
-- repeat get the key beside them.
WITH members AS (
    SELECT staff_id AS member, first_name || ' ' || last_name || CASE WHEN count(*) OVER (PARTITION BY first_name || ' ' || last_name) > 1 THEN ' #' || staff_id ELSE '' END AS name
    FROM dim_staff
),
sales AS (
    SELECT sold.member, currency.currency_code AS currency, sold.orders, sold.units, sold.amount
    FROM (
        SELECT sales_staff_id AS member, currency_id, count(*) AS orders, sum(units_sold) AS units, sum(units_sold * unit_price) AS amount
        FROM sales_order_current
        WHERE created_date >= $1
        GROUP BY sales_staff_id, currency_id) AS sold
    JOIN dim_currency AS currency USING (currency_id)
),
totals AS (
    SELECT sales.*,
           sum(units) OVER (PARTITION BY member) AS total,
           row_number() OVER (PARTITION BY currency ORDER BY amount DESC, member) AS place_in_currency
    FROM sales
),
places AS (
    SELECT totals.*, dense_rank() OVER (ORDER BY total DESC, member) AS place
    FROM totals
)
SELECT member, coalesce(members.name, 'unknown'), currency, orders, units, amount, place <= 10, place_in_currency <= 10
FROM places
JOIN members USING (member)
WHERE place <= 10 OR place_in_currency <= 10
ORDER BY total DESC, member, currency
