-- A date has nothing that is not known: the members that are missing are computed. Monday is day 1.
INSERT INTO dim_date (date_id, year, month, day, day_of_week, day_name, month_name, quarter)
SELECT day,
       extract(year FROM day)::integer,
       extract(month FROM day)::integer,
       extract(day FROM day)::integer,
       extract(isodow FROM day)::integer,
       to_char(day, 'FMDay'),
       to_char(day, 'FMMonth'),
       extract(quarter FROM day)::integer
FROM (SELECT DISTINCT staged.:"column" AS day FROM pg_temp.staging AS staged WHERE staged.:"column" IS NOT NULL) AS needed
WHERE NOT EXISTS (SELECT FROM dim_date WHERE date_id = day);
