SELECT (SELECT count(*) FROM etl_load) AS versions,
       (SELECT count(*) FROM fact_sales_order) + (SELECT count(*) FROM fact_purchase_order) + (SELECT count(*) FROM fact_payment) AS records;
