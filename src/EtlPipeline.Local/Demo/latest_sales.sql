SELECT fact.sales_order_id::text,
       fact.created_date::text,
       staff.first_name || ' ' || staff.last_name AS staff,
       counterparty.counterparty_legal_name AS counterparty,
       design.design_name AS design,
       fact.units_sold::text,
       fact.unit_price::text,
       currency.currency_code,
       fact.agreed_delivery_date::text
FROM sales_order_current AS fact
JOIN dim_staff AS staff ON staff.staff_id = fact.sales_staff_id
JOIN dim_counterparty AS counterparty USING (counterparty_id)
JOIN dim_design AS design USING (design_id)
JOIN dim_currency AS currency USING (currency_id)
ORDER BY fact.created_date DESC, fact.created_time DESC
LIMIT 5
