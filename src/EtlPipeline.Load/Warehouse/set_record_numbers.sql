-- {table}, {record_id}: a table that others filled may have a sequence that lies behind.
SELECT setval(numbers.name, newest.id)
FROM (SELECT max({record_id}) AS id FROM {table}) AS newest,
     (SELECT pg_get_serial_sequence($1, $2) AS name) AS numbers
WHERE numbers.name IS NOT NULL AND newest.id > coalesce((SELECT last_value FROM pg_sequences WHERE format('%I.%I', schemaname, sequencename) = numbers.name), 0);
