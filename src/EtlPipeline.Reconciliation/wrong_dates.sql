-- The days whose values don't follow from the date, each as a number like 20241231. Monday is day 1.
SELECT to_char(date_id, 'YYYYMMDD')::bigint
FROM dim_date
WHERE (year, month, day, day_of_week, day_name, month_name, quarter) IS DISTINCT FROM (
    extract(year FROM date_id)::integer,
    extract(month FROM date_id)::integer,
    extract(day FROM date_id)::integer,
    extract(isodow FROM date_id)::integer,
    to_char(date_id, 'FMDay')::varchar,
    to_char(date_id, 'FMMonth')::varchar,
    extract(quarter FROM date_id)::integer)
ORDER BY date_id;
