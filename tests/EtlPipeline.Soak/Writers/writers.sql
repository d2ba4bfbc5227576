-- What the writers do, in a schema of their own. Orders with even keys belong to the short transactions and those with odd keys to the one
-- that stays open over a schedule, so that neither waits for the other. Nothing grows: what is inserted replaces what is deleted.

CREATE SCHEMA soak;

-- Which orders a call is about: the same for the same number.
CREATE FUNCTION soak.choose_orders(parity integer, number integer, orders integer) RETURNS SETOF integer LANGUAGE sql AS $$
    SELECT sales_order_id FROM sales_order
    WHERE sales_order_id % 2 = parity
    ORDER BY md5(concat(sales_order_id, ' ', number))
    LIMIT orders
$$;

-- The oldest orders go, with their transactions and payments, and as many new ones come, like them.
CREATE PROCEDURE soak.replace_orders(parity integer, orders integer) LANGUAGE plpgsql AS $$
DECLARE
    gone integer[] := ARRAY (SELECT sales_order_id FROM sales_order WHERE sales_order_id % 2 = parity ORDER BY sales_order_id LIMIT orders);
    key_step CONSTANT integer := 1000000;
BEGIN
    INSERT INTO sales_order
    SELECT sales_order_id + key_step, clock_timestamp(), clock_timestamp(), design_id, staff_id, counterparty_id, units_sold, unit_price,
           currency_id, agreed_delivery_date, agreed_payment_date, agreed_delivery_location_id
    FROM sales_order WHERE sales_order_id = ANY (gone);

    INSERT INTO transaction
    SELECT transaction_id + key_step, transaction_type, sales_order_id + key_step, NULL, clock_timestamp(), clock_timestamp()
    FROM transaction WHERE sales_order_id = ANY (gone);

    INSERT INTO payment
    SELECT payment_id + key_step, clock_timestamp(), clock_timestamp(), payment.transaction_id + key_step, counterparty_id, payment_amount,
           currency_id, payment_type_id, paid, payment_date, company_ac_number, counterparty_ac_number
    FROM payment JOIN transaction USING (transaction_id) WHERE sales_order_id = ANY (gone);

    DELETE FROM payment USING transaction WHERE transaction.transaction_id = payment.transaction_id AND sales_order_id = ANY (gone);
    DELETE FROM transaction WHERE sales_order_id = ANY (gone);
    DELETE FROM sales_order WHERE sales_order_id = ANY (gone);
END $$;

CREATE PROCEDURE soak.revise_orders(parity integer, number integer) LANGUAGE sql AS $$
    UPDATE sales_order SET units_sold = units_sold % 50 + 1, last_updated = clock_timestamp()
    WHERE sales_order_id IN (SELECT soak.choose_orders(parity, number, 5));
$$;

-- Without a trace in last_updated.
CREATE PROCEDURE soak.revise_orders_silently(parity integer, number integer) LANGUAGE sql AS $$
    UPDATE sales_order SET staff_id = (SELECT coalesce(min(staff_id) FILTER (WHERE staff_id > sales_order.staff_id), min(staff_id)) FROM staff)
    WHERE sales_order_id IN (SELECT soak.choose_orders(parity, number + 1, 3));
$$;

CREATE PROCEDURE soak.pay(parity integer, number integer) LANGUAGE sql AS $$
    UPDATE payment SET paid = NOT paid, last_updated = clock_timestamp()
    FROM transaction
    WHERE transaction.transaction_id = payment.transaction_id AND sales_order_id IN (SELECT soak.choose_orders(parity, number + 2, 5));
$$;

CREATE PROCEDURE soak.move_design_files(number integer) LANGUAGE sql AS $$
    UPDATE design SET file_location = '/soak/' || number / 20 % 10 WHERE design_id % 20 = number % 20;
$$;

CREATE PROCEDURE soak.revise_purchases(number integer) LANGUAGE sql AS $$
    UPDATE purchase_order SET item_quantity = item_quantity % 50 + 1, last_updated = clock_timestamp() WHERE purchase_order_id % 40 = number % 40;
$$;

-- What other dimensions carry along.
CREATE PROCEDURE soak.revise_look_ups(number integer) LANGUAGE sql AS $$
    UPDATE address SET district = 'District ' || number / 10 % 10 WHERE address_id % 10 = number % 10;
    UPDATE department SET location = 'Floor ' || number / 4 % 10, last_updated = clock_timestamp() WHERE department_id % 4 = number % 4;
$$;
