-- How far the agreed delivery day of an order is now from the one that the warehouse saw first. Only the history can tell.
WITH spans (place, span, shortest, longest) AS (
    VALUES (1, 'earlier by more than 30 days', NULL, -31),
           (2, 'earlier by 8 to 30 days', -30, -8),
           (3, 'earlier by 1 to 7 days', -7, -1),
           (4, 'as first agreed', 0, 0),
           (5, 'later by 1 to 7 days', 1, 7),
           (6, 'later by 8 to 30 days', 8, 30),
           (7, 'later by more than 30 days', 31, NULL)
),
-- Most orders have one record, and so their first agreed day. Only orders with a record that ended have to be sorted; the others are counted.
first_sales AS (
    SELECT DISTINCT ON (sales_order_id) sales_order_id, agreed_delivery_date
    FROM fact_sales_order
    WHERE valid_to IS NOT NULL
    ORDER BY sales_order_id, valid_from, sales_record_id
),
first_purchases AS (
    SELECT DISTINCT ON (purchase_order_id) purchase_order_id, agreed_delivery_date
    FROM fact_purchase_order
    WHERE valid_to IS NOT NULL
    ORDER BY purchase_order_id, valid_from, purchase_record_id
),
changed AS (
    SELECT now.agreed_delivery_date - first.agreed_delivery_date AS days, true AS is_sale, count(*) AS orders
    FROM first_sales AS first
    JOIN sales_order_current AS now USING (sales_order_id)
    GROUP BY days
    UNION ALL
    SELECT now.agreed_delivery_date - first.agreed_delivery_date AS days, false, count(*)
    FROM first_purchases AS first
    JOIN purchase_order_current AS now USING (purchase_order_id)
    GROUP BY days
),
moves AS (
    SELECT * FROM changed
    UNION ALL
    SELECT 0, true, (SELECT count(*) FROM sales_order_current) - coalesce(sum(orders) FILTER (WHERE is_sale), 0) FROM changed
    UNION ALL
    SELECT 0, false, (SELECT count(*) FROM purchase_order_current) - coalesce(sum(orders) FILTER (WHERE NOT is_sale), 0) FROM changed
)
SELECT span,
       coalesce(sum(orders) FILTER (WHERE is_sale), 0)::bigint AS sales,
       coalesce(sum(orders) FILTER (WHERE NOT is_sale), 0)::bigint AS purchases,
       span = 'as first agreed' AS is_unmoved
FROM spans
JOIN moves ON days >= coalesce(shortest, days) AND days <= coalesce(longest, days)
GROUP BY place, span
ORDER BY place
