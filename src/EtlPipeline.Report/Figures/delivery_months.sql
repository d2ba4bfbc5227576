-- How many orders are agreed to be delivered in each month, from half a year before $1 to a year after.
WITH deliveries AS (
    SELECT agreed_delivery_date AS day, true AS is_sale FROM sales_order_current
    UNION ALL
    SELECT agreed_delivery_date, false FROM purchase_order_current
),
months AS (
    SELECT generate_series(
               date_trunc('month', $1::timestamp) - interval '6 months',
               date_trunc('month', $1::timestamp) + interval '11 months',
               interval '1 month')::date AS month
)
SELECT month,
       count(*) FILTER (WHERE is_sale) AS sales,
       count(*) FILTER (WHERE NOT is_sale) AS purchases
FROM months
LEFT JOIN deliveries ON day >= month AND day < month + interval '1 month'
GROUP BY month
ORDER BY month
