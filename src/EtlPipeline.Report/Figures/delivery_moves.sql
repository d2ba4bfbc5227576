-- How far the agreed delivery day of an order is now from the one that the warehouse saw first. Without the history nobody could tell.
WITH spans (place, span, shortest, longest) AS (
    VALUES (1, 'earlier by more than 30 days', NULL, -31),
           (2, 'earlier by 8 to 30 days', -30, -8),
           (3, 'earlier by 1 to 7 days', -7, -1),
           (4, 'as first agreed', 0, 0),
           (5, 'later by 1 to 7 days', 1, 7),
           (6, 'later by 8 to 30 days', 8, 30),
           (7, 'later by more than 30 days', 31, NULL)
),
sales AS (
    SELECT DISTINCT ON (sales_order_id) now.agreed_delivery_date - first.agreed_delivery_date AS days, true AS is_sale
    FROM fact_sales_order AS first
    JOIN sales_order_current AS now USING (sales_order_id)
    ORDER BY sales_order_id, first.valid_from, first.sales_record_id
),
purchases AS (
    SELECT DISTINCT ON (purchase_order_id) now.agreed_delivery_date - first.agreed_delivery_date AS days, false AS is_sale
    FROM fact_purchase_order AS first
    JOIN purchase_order_current AS now USING (purchase_order_id)
    ORDER BY purchase_order_id, first.valid_from, first.purchase_record_id
)
SELECT span,
       count(*) FILTER (WHERE is_sale) AS sales,
       count(*) FILTER (WHERE NOT is_sale) AS purchases,
       span = 'as first agreed' AS is_unmoved
FROM spans
JOIN (SELECT * FROM sales UNION ALL SELECT * FROM purchases) AS moves
    ON days >= coalesce(shortest, days) AND days <= coalesce(longest, days)
GROUP BY place, span
ORDER BY place
