SELECT (SELECT count(*) FROM sales_order) + (SELECT count(*) FROM purchase_order)
     + (SELECT count(*) FROM transaction) + (SELECT count(*) FROM payment);
