-- How long after an order its agreed delivery is.
WITH spans (place, span, shortest, longest) AS (
    VALUES (1, 'before the order', NULL, -1),
           (2, 'within a week', 0, 7),
           (3, '8 to 30 days', 8, 30),
           (4, '31 to 90 days', 31, 90),
           (5, '91 days to a year', 91, 365),
           (6, 'more than a year', 366, NULL)
),
-- Few days are left to compare with the spans.
deliveries AS (
    SELECT agreed_delivery_date - created_date AS days, true AS is_sale, count(*) AS orders FROM sales_order_current GROUP BY days
    UNION ALL
    SELECT agreed_delivery_date - created_date AS days, false, count(*) FROM purchase_order_current GROUP BY days
)
SELECT span,
       coalesce(sum(orders) FILTER (WHERE is_sale), 0)::bigint AS sales,
       coalesce(sum(orders) FILTER (WHERE NOT is_sale), 0)::bigint AS purchases
FROM spans
JOIN deliveries ON days >= coalesce(shortest, days) AND days <= coalesce(longest, days)
GROUP BY place, span
ORDER BY place
