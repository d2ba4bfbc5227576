-- Open payments whose day was before $1, by counterparty, kind and currency, longest overdue first.
-- Names of counterparties may repeat; those that do get the key beside them.
WITH counterparty AS (
    SELECT counterparty_id,
           counterparty_legal_name
               || CASE WHEN count(*) OVER (PARTITION BY counterparty_legal_name) > 1 THEN ' #' || counterparty_id ELSE '' END AS counterparty_legal_name
    FROM dim_counterparty
)
SELECT counterparty.counterparty_legal_name,
       kind.payment_type_name,
       currency.currency_code,
       count(*) AS payments,
       sum(payment.payment_amount) AS amount,
       min(payment.payment_date) AS oldest
FROM payment_current AS payment
JOIN counterparty USING (counterparty_id)
JOIN dim_payment_type AS kind USING (payment_type_id)
JOIN dim_currency AS currency USING (currency_id)
WHERE NOT payment.paid AND payment.payment_date < $1::date
GROUP BY counterparty_id, counterparty.counterparty_legal_name, kind.payment_type_name, currency.currency_code
ORDER BY oldest, counterparty.counterparty_legal_name, kind.payment_type_name, currency.currency_code
