-- The days of dim_date whose values don't follow from the date, with the wrong columns, and the first day of each gap. Monday is day 1. A day
-- more than 20 years from the others isn't part of a gap.
WITH day AS (
    SELECT date_id, lead(date_id) OVER (ORDER BY date_id) AS next, to_jsonb(dim_date) AS actual, jsonb_build_object(
        'year', extract(year FROM date_id)::integer,
        'month', extract(month FROM date_id)::integer,
        'day', extract(day FROM date_id)::integer,
        'day_of_week', extract(isodow FROM date_id)::integer,
        'day_name', to_char(date_id, 'FMDay'),
        'month_name', to_char(date_id, 'FMMonth'),
        'quarter', extract(quarter FROM date_id)::integer,
        'year_month', to_char(date_id, 'YYYY-MM'),
        'iso_week', extract(week FROM date_id)::integer,
        'is_weekend', extract(isodow FROM date_id) > 5) AS expected
    FROM dim_date
    WHERE isfinite(date_id)
), wrong AS (
    SELECT date_id, ARRAY(
        SELECT name FROM jsonb_each(expected) AS value (name, value)
        WHERE actual ? name AND actual -> name IS DISTINCT FROM value ORDER BY name) AS columns
    FROM day
)
SELECT date_id::text, columns FROM wrong WHERE columns <> '{}'
UNION ALL
SELECT (date_id + 1)::text, NULL FROM day WHERE next - date_id BETWEEN 2 AND 7305
ORDER BY 1;
