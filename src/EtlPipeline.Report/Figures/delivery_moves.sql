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
-- Most orders have one record, and with it the day that was seen first. Only the others have to be sorted.
changed_sales AS (
    SELECT DISTINCT sales_order_id FROM fact_sales_order WHERE valid_to IS NOT NULL
),
changed_purchases AS (
    SELECT DISTINCT purchase_order_id FROM fact_purchase_order WHERE valid_to IS NOT NULL
),
sales AS (
    SELECT DISTINCT ON (sales_order_id) now.agreed_delivery_date - first.agreed_delivery_date AS days, true AS is_sale
    FROM changed_sales
    JOIN fact_sales_order AS first USING (sales_order_id)
    JOIN sales_order_current AS now USING (sales_order_id)
    ORDER BY sales_order_id, first.valid_from, first.sales_record_id
),
purchases AS (
    SELECT DISTINCT ON (purchase_order_id) now.agreed_delivery_date - first.agreed_delivery_date AS days, false AS is_sale
    FROM changed_purchases
    JOIN fact_purchase_order AS first USING (purchase_order_id)
    JOIN purchase_order_current AS now USING (purchase_order_id)
    ORDER BY purchase_order_id, first.valid_from, first.purchase_record_id
),
unchanged AS (
    SELECT 0 AS days, true AS is_sale FROM sales_order_current WHERE sales_order_id NOT IN (SELECT sales_order_id FROM changed_sales)
    UNION ALL
    SELECT 0, false FROM purchase_order_current WHERE purchase_order_id NOT IN (SELECT purchase_order_id FROM changed_purchases)
),
-- Few days are left to compare with the spans.
moves AS (
    SELECT days, is_sale, count(*) AS orders
    FROM (SELECT * FROM sales UNION ALL SELECT * FROM purchases UNION ALL SELECT * FROM unchanged) AS orders
    GROUP BY days, is_sale
)
SELECT span,
       coalesce(sum(orders) FILTER (WHERE is_sale), 0)::bigint AS sales,
       coalesce(sum(orders) FILTER (WHERE NOT is_sale), 0)::bigint AS purchases,
       span = 'as first agreed' AS is_unmoved
FROM spans
JOIN moves ON days >= coalesce(shortest, days) AND days <= coalesce(longest, days)
GROUP BY place, span
ORDER BY place
