-- Rows of the source that can't be in the warehouse, by target and reason, with the keys of some. A key may be a long text; its beginning is enough to
-- find the row.
SELECT target,
       reason,
       count(*) AS rows,
       min(since) AS since,
       coalesce(array_to_string((array_agg(CASE WHEN length(text) > 40 THEN left(text, 39) || '…' ELSE text END ORDER BY key) FILTER (WHERE key[1] IS NOT NULL))[1:5], ', '), '') AS keys
FROM etl_rejected
CROSS JOIN LATERAL array_to_string(key, '/') AS text
GROUP BY target, reason
ORDER BY rows DESC, target, reason
LIMIT 20
