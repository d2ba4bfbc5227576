-- What the last runs of Extract that changed something brought into the warehouse. First rounds are counted apart because they hold whole
-- tables; the calendar belongs to no run.
SELECT run_stamp,
       coalesce(sum(inserted) FILTER (WHERE reason = 'first'), 0)::bigint AS first,
       coalesce(sum(inserted - least(inserted, corrections)) FILTER (WHERE reason <> 'first'), 0)::bigint AS changed,
       sum(deleted)::bigint AS deleted,
       sum(corrections)::bigint AS corrections,
       sum(rejected)::bigint AS rejected
FROM etl_load
WHERE target <> 'dim_date' AND run_stamp IS NOT NULL AND reason IS NOT NULL
GROUP BY run_stamp
HAVING sum(inserted + deleted + corrections + rejected) > 0
ORDER BY run_stamp DESC
LIMIT 48
