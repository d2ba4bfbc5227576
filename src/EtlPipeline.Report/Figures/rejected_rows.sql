-- Rows of the source that can't be in the warehouse, by target and reason, with the keys of some.
SELECT target,
       reason,
       count(*) AS rows,
       min(since) AS since,
       coalesce(array_to_string((array_agg(array_to_string(key, '/') ORDER BY key) FILTER (WHERE key[1] IS NOT NULL))[1:5], ', '), '') AS keys
FROM etl_rejected
GROUP BY target, reason
ORDER BY rows DESC, target, reason
LIMIT 20
