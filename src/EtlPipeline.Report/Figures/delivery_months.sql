-- How many deliveries are agreed for each month, from half a year before $1 to a year after.
WITH deliveries AS (
    SELECT agreed_delivery_date AS day, true AS is_sale, count(*) AS orders FROM sales_order_current GROUP BY day
    UNION ALL
    SELECT agreed_delivery_date AS day, false, count(*) FROM purchase_order_current GROUP BY day
),
months AS (
    SELECT generate_series(
               date_trunc('month', $1::timestamp) - interval '6 months',
               date_trunc('month', $1::timestamp) + interval '11 months',
               interval '1 month')::date AS month
)
SELECT month,
       coalesce(sum(orders) FILTER (WHERE is_sale), 0)::bigint AS sales,
       coalesce(sum(orders) FILTER (WHERE NOT is_sale), 0)::bigint AS purchases
FROM months
LEFT JOIN deliveries ON day >= month AND day < month + interval '1 month'
GROUP BY month
ORDER BY month
