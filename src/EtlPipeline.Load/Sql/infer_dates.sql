-- A date has nothing that is not known: the members that are missing are computed. Monday is day 1.
INSERT INTO dim_date (date_id, year, month, day, day_of_week, day_name, month_name, quarter)
SELECT needed.id,
       extract(year FROM needed.id)::integer,
       extract(month FROM needed.id)::integer,
       extract(day FROM needed.id)::integer,
       extract(isodow FROM needed.id)::integer,
       to_char(needed.id, 'FMDay'),
       to_char(needed.id, 'FMMonth'),
       extract(quarter FROM needed.id)::integer
FROM (SELECT DISTINCT staged.:"column" AS id FROM pg_temp.staging AS staged WHERE staged.:"column" IS NOT NULL) AS needed
WHERE NOT EXISTS (SELECT FROM dim_date AS member WHERE member.date_id = needed.id);
