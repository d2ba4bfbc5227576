-- The ten designs with the most units sold, and what was sold in each currency.
WITH sales AS (
    SELECT design.design_id AS member,
           design.design_name AS name,
           currency.currency_code AS currency,
           count(*) AS orders,
           sum(fact.units_sold) AS units,
           sum(fact.units_sold * fact.unit_price) AS amount
    FROM sales_order_current AS fact
    JOIN dim_design AS design ON design.design_id = fact.design_id
    JOIN dim_currency AS currency ON currency.currency_id = fact.currency_id
    GROUP BY member, name, currency
),
top AS (
    SELECT member, sum(units) AS total
    FROM sales
    GROUP BY member
    ORDER BY total DESC, member
    LIMIT 10
)
SELECT member, name, currency, orders, units, amount
FROM sales
JOIN top USING (member)
ORDER BY total DESC, member, currency
