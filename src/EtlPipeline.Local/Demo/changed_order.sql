-- The order whose history tells most: one that changed both with a trace and silently, if there is one; otherwise the one with the most
-- records. A change is silent if last_updated is what it was. An order whose newest record has ended was deleted.
WITH records AS (
    SELECT fact.*,
           staff.first_name || ' ' || staff.last_name AS staff,
           design.design_name AS design,
           location.city AS city,
           fact.last_updated_date + fact.last_updated_time AS last_updated
    FROM fact_sales_order AS fact
    JOIN dim_staff AS staff ON staff.staff_id = fact.sales_staff_id
    JOIN dim_design AS design USING (design_id)
    JOIN dim_location AS location ON location.location_id = fact.agreed_delivery_location_id
),
changes AS (
    SELECT records.*,
           row_number() OVER history AS number,
           last_updated IS NOT DISTINCT FROM lag(last_updated) OVER history AS is_silent,
           valid_to IS NOT NULL AND lead(valid_from) OVER history IS NULL AS is_deleted,
           concat_ws(
               ', ',
               CASE WHEN staff <> lag(staff) OVER history THEN 'staff' END,
               CASE WHEN design <> lag(design) OVER history THEN 'design' END,
               CASE WHEN units_sold <> lag(units_sold) OVER history THEN 'units' END,
               CASE WHEN unit_price <> lag(unit_price) OVER history THEN 'price' END,
               CASE WHEN agreed_delivery_date <> lag(agreed_delivery_date) OVER history THEN 'delivery date' END,
               CASE WHEN agreed_payment_date <> lag(agreed_payment_date) OVER history THEN 'payment date' END,
               CASE WHEN city <> lag(city) OVER history THEN 'delivery place' END) AS changed
    FROM records
    WINDOW history AS (PARTITION BY sales_order_id ORDER BY valid_from)
),
chosen AS (
    SELECT sales_order_id
    FROM changes
    GROUP BY sales_order_id
    HAVING count(*) > 1
    ORDER BY bool_or(number > 1 AND is_silent) AND bool_or(number > 1 AND NOT is_silent) DESC,
             bool_or(number > 1 AND is_silent) DESC,
             count(*) DESC,
             sales_order_id DESC
    LIMIT 1
)
SELECT sales_order_id::text,
       to_char(valid_from AT TIME ZONE 'UTC', 'HH24:MI:SS.MS'),
       to_char(valid_to AT TIME ZONE 'UTC', 'HH24:MI:SS.MS'),
       CASE
           WHEN is_deleted AND number = 1 THEN 'first seen, then deleted'
           WHEN is_deleted THEN 'changed, then deleted'
           WHEN number = 1 THEN 'first seen'
           WHEN is_silent THEN 'silent update'
           ELSE 'update'
       END,
       changed,
       to_char(last_updated, 'YYYY-MM-DD HH24:MI:SS'),
       staff,
       design || ', ' || units_sold || ' units',
       agreed_delivery_date || ', ' || city
FROM changes
JOIN chosen USING (sales_order_id)
ORDER BY number
