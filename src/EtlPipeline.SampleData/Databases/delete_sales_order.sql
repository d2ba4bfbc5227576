-- Deletes a sales order with its payment. The transaction stays: its foreign key clears the leg.

WITH deleted_payment AS (
    DELETE FROM payment
    USING transaction
    WHERE transaction.transaction_id = payment.transaction_id AND transaction.sales_order_id = $1
)
DELETE FROM sales_order WHERE sales_order_id = $1;
