-- The amounts sold in each month of up to three years before $1, for the six currencies with the most orders.
WITH days AS (
    SELECT currency_id, created_date, count(*) AS orders, sum(units_sold * unit_price) AS amount
    FROM sales_order_current
    GROUP BY currency_id, created_date
),
sales AS (
    SELECT currency.currency_code, date_trunc('month', days.created_date::timestamp)::date AS month, sum(days.orders)::bigint AS orders, sum(days.amount) AS amount
    FROM days
    JOIN dim_currency AS currency USING (currency_id)
    GROUP BY currency.currency_code, month
),
currencies AS (
    SELECT currency_code, sum(orders) AS total
    FROM sales
    GROUP BY currency_code
    ORDER BY total DESC, currency_code
    LIMIT 6
),
months AS (
    SELECT generate_series(
               greatest(min(month)::timestamp, date_trunc('month', $1::timestamp) - interval '35 months'),
               date_trunc('month', $1::timestamp),
               interval '1 month')::date AS month
    FROM sales
)
SELECT currency_code, month, coalesce(orders, 0) AS orders, coalesce(amount, 0) AS amount
FROM currencies
CROSS JOIN months
LEFT JOIN sales USING (currency_code, month)
ORDER BY total DESC, currency_code, month
