-- What the last twenty runs of Extract brought into the warehouse: all versions of a run have one stamp. The first version of a table is
-- counted apart, because it holds the whole table; the calendar is no run's.
WITH loads AS (
    SELECT *, version = min(version) OVER (PARTITION BY target) AS is_first
    FROM etl_load
    WHERE target <> 'dim_date'
)
SELECT version,
       count(*) AS tables,
       coalesce(sum(written) FILTER (WHERE is_first), 0)::bigint AS initial,
       coalesce(sum(written - deleted) FILTER (WHERE NOT is_first), 0)::bigint AS changed,
       coalesce(sum(deleted) FILTER (WHERE NOT is_first), 0)::bigint AS deleted,
       sum(rejected)::bigint AS rejected,
       max(loaded_at) AS loaded_at
FROM loads
GROUP BY version
ORDER BY version DESC
LIMIT 20
