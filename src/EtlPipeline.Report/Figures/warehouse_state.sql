-- The day of the newest event that the warehouse knows, and how much it holds. Each fact is read once.
WITH sales AS (
    SELECT max(greatest(created_date, last_updated_date)) AS day, count(*) FILTER (WHERE valid_to IS NULL) AS orders FROM fact_sales_order
),
purchases AS (
    SELECT max(greatest(created_date, last_updated_date)) AS day, count(*) FILTER (WHERE valid_to IS NULL) AS orders FROM fact_purchase_order
),
payments AS (
    SELECT max(greatest(created_date, last_updated_date)) AS day, count(*) FILTER (WHERE valid_to IS NULL) AS payments FROM fact_payment
)
SELECT greatest(sales.day, purchases.day, payments.day) AS as_of,
       sales.orders AS sales_orders,
       purchases.orders AS purchase_orders,
       payments.payments
FROM sales, purchases, payments
