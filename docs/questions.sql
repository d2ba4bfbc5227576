-- Ten questions that a business asks, each answered by one query. A test runs them all on a warehouse that the pipeline has filled.
-- Facts keep every state of a row: the views ..._current show how things are, fact_..._as_of(moment) how they were, and ..._changes what
-- happened. In the fact tables themselves, a record holds from valid_from to valid_to.

-- 1. Revenue by month and currency: what was ordered in each month, at the prices that hold now.
SELECT day.year_month, currency.currency_code, count(*) AS orders, sum(sale.amount) AS revenue
FROM sales_order_current AS sale
JOIN dim_date AS day ON day.date_id = sale.created_date
JOIN dim_currency AS currency USING (currency_id)
GROUP BY day.year_month, currency.currency_code
ORDER BY day.year_month DESC, revenue DESC;

-- 2. The top sellers and their best design. Names repeat, so the ids stand beside them.
SELECT staff.staff_id, staff.first_name || ' ' || staff.last_name AS name, design.design_id, design.design_name, currency.currency_code, sale.revenue
FROM (
    SELECT sales_staff_id, design_id, currency_id, sum(amount) AS revenue,
           row_number() OVER (PARTITION BY sales_staff_id ORDER BY sum(amount) DESC, design_id) AS place
    FROM sales_order_current
    GROUP BY sales_staff_id, design_id, currency_id
) AS sale
JOIN dim_staff AS staff ON staff.staff_id = sale.sales_staff_id
JOIN dim_design AS design USING (design_id)
JOIN dim_currency AS currency USING (currency_id)
WHERE sale.place = 1
ORDER BY sale.revenue DESC
LIMIT 10;

-- 3. Agreed deliveries that were moved: by how many days, and when that was seen. A record that ended goes with the one that began then.
--    (fact_sales_order_changes says the same of every column, for a single order.)
SELECT was.sales_order_id, became.valid_from AS seen_at, was.agreed_delivery_date AS agreed_before, became.agreed_delivery_date AS agreed_now,
       became.agreed_delivery_date - was.agreed_delivery_date AS days_later,
       (was.last_updated_date, was.last_updated_time) = (became.last_updated_date, became.last_updated_time) AS was_silent
FROM fact_sales_order AS was
JOIN fact_sales_order AS became ON became.sales_order_id = was.sales_order_id AND became.valid_from = was.valid_to
WHERE was.valid_to IS NOT NULL AND was.agreed_delivery_date <> became.agreed_delivery_date
ORDER BY seen_at DESC, was.sales_order_id
LIMIT 50;

-- 4. Open payments, and those that are overdue, by customer or supplier. (Put today's date for the newest day that is known.)
SELECT counterparty.counterparty_id, counterparty.counterparty_legal_name, currency.currency_code,
       count(*) AS open_payments,
       sum(payment.payment_amount) AS open_amount,
       count(*) FILTER (WHERE payment.payment_date < today.day) AS overdue_payments,
       coalesce(sum(payment.payment_amount) FILTER (WHERE payment.payment_date < today.day), 0) AS overdue_amount
FROM payment_current AS payment
CROSS JOIN (SELECT max(created_date) AS day FROM payment_current) AS today
JOIN dim_counterparty AS counterparty USING (counterparty_id)
JOIN dim_currency AS currency USING (currency_id)
WHERE NOT payment.paid
GROUP BY counterparty.counterparty_id, counterparty.counterparty_legal_name, currency.currency_code
ORDER BY overdue_amount DESC, open_amount DESC;

-- 5. What is spent with each supplier, by quarter.
SELECT day.year, day.quarter, counterparty.counterparty_id, counterparty.counterparty_legal_name, currency.currency_code,
       sum(purchase.item_quantity * purchase.item_unit_price) AS spend
FROM purchase_order_current AS purchase
JOIN dim_date AS day ON day.date_id = purchase.created_date
JOIN dim_counterparty AS counterparty USING (counterparty_id)
JOIN dim_currency AS currency USING (currency_id)
GROUP BY day.year, day.quarter, counterparty.counterparty_id, counterparty.counterparty_legal_name, currency.currency_code
ORDER BY day.year DESC, day.quarter DESC, spend DESC;

-- 6. The orders as they were at a moment: how many, and what they were worth. (Put your moment in the place of now().)
SELECT currency.currency_code, count(*) AS orders, sum(sale.units_sold * sale.unit_price) AS worth
FROM fact_sales_order_as_of(now()) AS sale
JOIN dim_currency AS currency USING (currency_id)
GROUP BY currency.currency_code
ORDER BY currency.currency_code;

-- 7. The department of the seller when the order was first seen, and today, for the newest orders. (What happened before the pipeline began
--    is not in the history.)
SELECT sale.sales_order_id, staff.staff_id, staff.first_name || ' ' || staff.last_name AS seller,
       before.department_name AS department_then, staff.department_name AS department_now
FROM (SELECT sales_order_id FROM sales_order_current ORDER BY created_date DESC, sales_order_id DESC LIMIT 50) AS sale
CROSS JOIN LATERAL (
    SELECT sales_staff_id, valid_from FROM fact_sales_order AS record WHERE record.sales_order_id = sale.sales_order_id ORDER BY valid_from LIMIT 1
) AS first
JOIN dim_staff AS staff ON staff.staff_id = first.sales_staff_id
JOIN dim_staff_history AS before
    ON before.staff_id = first.sales_staff_id AND before.valid_from <= first.valid_from AND (before.valid_to > first.valid_from OR before.valid_to IS NULL)
ORDER BY sale.sales_order_id DESC;

-- 8. What has happened to orders since they were first seen, by kind: silent changes left last_updated as it was.
SELECT CASE
           WHEN became.sales_order_id IS NULL THEN 'deleted'
           WHEN (was.last_updated_date, was.last_updated_time) = (became.last_updated_date, became.last_updated_time) THEN 'changed in silence'
           ELSE 'changed'
       END AS kind,
       count(*) AS changes, count(DISTINCT was.sales_order_id) AS orders, max(was.valid_to) AS last_seen
FROM fact_sales_order AS was
LEFT JOIN fact_sales_order AS became ON became.sales_order_id = was.sales_order_id AND became.valid_from = was.valid_to
WHERE was.valid_to IS NOT NULL
GROUP BY kind
ORDER BY kind;

-- 9. The first against the last agreed delivery date of each order that has changed and is still there, those that were moved furthest first.
SELECT sales_order_id, first.agreed_delivery_date AS first_agreed, last.agreed_delivery_date AS last_agreed,
       last.agreed_delivery_date - first.agreed_delivery_date AS days_later, first.changes
FROM (
    SELECT DISTINCT ON (sales_order_id) sales_order_id, agreed_delivery_date, count(*) OVER (PARTITION BY sales_order_id) AS changes
    FROM fact_sales_order
    WHERE valid_to IS NOT NULL
    ORDER BY sales_order_id, valid_from
) AS first
JOIN sales_order_current AS last USING (sales_order_id)
ORDER BY days_later DESC, sales_order_id
LIMIT 50;

-- 10. Payments against orders, for the orders of the newest month: what was ordered, what is to be paid for it, and whether it was paid.
SELECT sale.sales_order_id, sale.amount AS ordered, coalesce(sum(payment.payment_amount), 0) AS to_pay, bool_and(payment.paid) AS is_paid,
       sale.amount = coalesce(sum(payment.payment_amount), 0) AS is_equal
FROM sales_order_current AS sale
LEFT JOIN dim_transaction AS transaction USING (sales_order_id)
LEFT JOIN payment_current AS payment USING (transaction_id)
WHERE sale.created_date > (SELECT max(created_date) - 31 FROM sales_order_current)
GROUP BY sale.sales_order_id, sale.amount
ORDER BY is_equal, sale.sales_order_id DESC;
