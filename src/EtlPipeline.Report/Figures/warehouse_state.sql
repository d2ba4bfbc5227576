-- The day of the newest event that the warehouse knows, and how much it holds.
SELECT (SELECT max(greatest(created_date, last_updated_date))
        FROM (SELECT created_date, last_updated_date FROM fact_sales_order
              UNION ALL
              SELECT created_date, last_updated_date FROM fact_purchase_order
              UNION ALL
              SELECT created_date, last_updated_date FROM fact_payment) AS facts) AS as_of,
       (SELECT count(*) FROM sales_order_current) AS sales_orders,
       (SELECT count(*) FROM purchase_order_current) AS purchase_orders,
       (SELECT count(*) FROM payment_current) AS payments
