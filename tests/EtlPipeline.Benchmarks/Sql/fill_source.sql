-- The masters that orders refer to, then so many sales orders. The same number makes the same rows. What they refer to is there, so that
-- nothing needs to check it.
SET session_replication_role = replica;
INSERT INTO address SELECT i, i || ' High Street', NULL, NULL, 'Leeds', 'LS' || i, 'England', '0113 ' || i, now(), now() FROM generate_series(1, 30) AS i;
INSERT INTO department SELECT i, 'Department ' || i, 'Leeds', NULL, now(), now() FROM generate_series(1, 8) AS i;
INSERT INTO staff SELECT i, 'First ' || i, 'Last ' || i, 1 + i % 8, i || '@example.com', now(), now() FROM generate_series(1, 20) AS i;
INSERT INTO counterparty SELECT i, 'Company ' || i, 1 + i % 30, NULL, NULL, now(), now() FROM generate_series(1, 20) AS i;
INSERT INTO currency SELECT i, (ARRAY['GBP', 'USD', 'EUR'])[i], now(), now() FROM generate_series(1, 3) AS i;
INSERT INTO design SELECT i, now(), 'Design ' || i, '/usr/share', 'design-' || i || '.json', now() FROM generate_series(1, 500) AS i;
INSERT INTO sales_order
SELECT i, moment, moment, 1 + i % 500, 1 + i % 20, 1 + i % 20, 1 + i % 100000, (i % 400) / 100.0 + 1, 1 + i % 3,
       (moment::date + 7)::text, (moment::date + 3)::text, 1 + i % 30
FROM (SELECT i, timestamp '2024-01-01 08:00' + (i % 63072000) * interval '1 second' AS moment FROM generate_series(1, {rows}) AS i) AS orders;
VACUUM ANALYZE;
