-- Open payments by how far their day is from $1. Each kind has a row in every span, so that the bars line up.
WITH spans (place, span, shortest, longest) AS (
    VALUES (1, 'overdue by more than 30 days', NULL, -31),
           (2, 'overdue by 8 to 30 days', -30, -8),
           (3, 'overdue by 1 to 7 days', -7, -1),
           (4, 'due within 7 days', 0, 7),
           (5, 'due in 8 to 30 days', 8, 30),
           (6, 'due in 31 to 90 days', 31, 90),
           (7, 'due later', 91, NULL)
),
unpaid AS (
    SELECT payment_type_name, payment_date - $1::date AS days
    FROM payment_current
    JOIN dim_payment_type USING (payment_type_id)
    WHERE NOT paid
)
SELECT span, kinds.payment_type_name, count(unpaid.days) AS payments
FROM spans
CROSS JOIN (SELECT DISTINCT payment_type_name FROM unpaid) AS kinds
LEFT JOIN unpaid
    ON unpaid.payment_type_name = kinds.payment_type_name AND days >= coalesce(shortest, days) AND days <= coalesce(longest, days)
GROUP BY place, span, kinds.payment_type_name
ORDER BY place, kinds.payment_type_name
